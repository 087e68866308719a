"""A card that an organization page shows, and the text of the page."""

CARD = {"object": "card", "last4": "4242", "type": "Visa", "exp_month": 5, "exp_year": 2031}


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()
