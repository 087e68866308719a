"""Organizations that somebody sees, and what a list shows of them."""

CARD = {"object": "card", "last4": "4242", "brand": "Visa", "exp_month": 5, "exp_year": 2031}


def put_customer(sandbox, name, payment=("ana",), **values):
    sandbox.put_org(name, name=name, payment=list(payment))
    customer = {"object": "customer", "id": f"cus_{name}", "active_card": CARD, "currency": "usd"}
    sandbox.put_customer(name, customer | values)


def see(client, *names):
    for name in names:
        client.get(f"/orgs/{name}/")


def names_on(response):
    assert response.status_code == 200
    return [row.organization.name for row in response.context["page"].rows]
