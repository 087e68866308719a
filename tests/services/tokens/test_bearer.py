import pytest

from customers.services.tokens.bearer import bearer_of


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer bpt_x", "bpt_x"),
        ("bearer bpt_x", "bpt_x"),
        ("BEARER   bpt_x ", "bpt_x"),
        ("Bearer", ""),
        ("Bearer ", ""),
        ("Bearer bpt_x bpt_y", ""),
        ("Bearer bpt_x\n", ""),
        ("Bearerbpt_x", ""),
        ("Basic bpt_x", ""),
        ("bpt_x", ""),
        ("", ""),
    ],
)
def test_the_token_of_an_authorization_header(header, token):
    assert bearer_of(header) == token
