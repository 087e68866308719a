"""Words that name nothing: card and payment terms, and connecting words."""

_ENGLISH = """
a an the this that these our my your their its his her we i you they it of for in on to at by with
from and or but is are was were be been has have had do does did not no new old please pls hi hello
hey dear thanks thank regards re fw fwd card cards credit debit prepaid bank account customer client
organization organisation org company id number digits digit last four end ends ending exp expiry
expires expired expiring expiration date valid thru through until good payment payments pay pays
paid method charge charges charged decline declines declined fail fails failed failing billing bill
invoice invoices ticket check checked update updated mail email e-mail name phone call tel fax visa
mastercard master amex american express discover diners club jcb unionpay union
"""
_GERMAN = """
der die das den dem des ein eine einer unser unsere mein meine ihr ihre wir ich sie es von für mit
bei im am auf aus zu zum zur und oder ist sind war hat haben nicht kein keine bitte danke hallo
guten tag karte karten kreditkarte bankkonto konto kunde kunden kundin firma nummer endet endend
ziffern stellen letzte letzten vier läuft ablauf ablaufdatum ab gültig bis zahlung abgelehnt
fehlgeschlagen rechnung rechnungen telefon
"""
FILLERS = frozenset(f"{_ENGLISH} {_GERMAN}".split())
