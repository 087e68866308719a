"""What pages of lists, changes and the past are asked for in the table of who may open each."""

from datetime import date, timedelta

# Ways to open a list: by search, worklist, and card.
LISTS = (
    *({}, {"q": "Walked"}, {"q": "Emptied"}, {"case": "open"}, {"card_of": "{org}"}),
    *({"worklist": "no-payment-method"}, {"worklist": "expired"}, {"worklist": "mine"}),
    {"worklist": "watched"},
    *({"worklist": "delinquent", "sort": "-changed"}, {"sort": "-since"}),
)
# The lists that a page of an organization may have been opened from.
LISTED_FROM = ({"from": ""}, {"from": "worklist=expired&sort=-since"})
# Ways to ask for changes; whoever walks watches both organizations.
CHANGES = (
    *({}, {"kind": "changed_method"}, {"kind": "lost_method"}, {"org": "{org}"}),
    *({"whose": "watched"}, {"whose": "unread"}, {"whose": "mine"}),
    *({"since": "friday"}, {"since": "visit"}, {"until": "2026-01-31"}),
)
# The list of the two organizations that whoever walks has pasted: see people.py.
PASTED_KEY = "pasted-by-the-walker"
PASTED = f"/orgs/pasted/{PASTED_KEY}/"
AS_OF = (date.today() - timedelta(days=1)).isoformat()
# Whose queue the overview begins with.
QUEUES = ({}, {"queue": "mine"})
