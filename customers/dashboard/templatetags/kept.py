"""Draw once what a page says to everybody, and keep it.

Django's tags look the same words, addresses and files up again for each page, which is a third of
the work of drawing one. Loaded after Django's own, these do it once in each language, where nothing
but what stands in the template is in it; `{% kept %}` does so for a part of a template. A part that
is named in the template is looked for once, too.
"""

from collections.abc import Callable, Hashable
from typing import Any, cast

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.defaulttags import url as parse_url
from django.template.loader_tags import do_include
from django.templatetags.i18n import do_translate
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

register = template.Library()


class Kept(Node):
    """Draws `nodes` once for each value of what they depend on, without any request."""

    def __init__(self, nodes: Node | NodeList, dependence: Callable[[], Hashable]) -> None:
        self._nodes = nodes
        self._dependence = dependence
        self._drawn: dict[Hashable, str] = {}

    def render(self, context: template.Context) -> str:
        # A page is drawn in one language and place, which take longer to ask for than to draw.
        known = cast("dict[Any, Hashable]", context.render_context.dicts[0])
        on = known.get(self._dependence)
        if on is None:
            on = known[self._dependence] = self._dependence()
        drawn = self._drawn.get(on)
        if drawn is None:
            drawn = self._drawn[on] = self._nodes.render(_nobodys(context))
        return drawn


class Part(Node):
    """Draws another template, with `values` of its own."""

    def __init__(self, name: str, values: dict[str, FilterExpression]) -> None:
        self._name = name
        self._values = values
        self._nodes: NodeList | None = None

    def render(self, context: template.Context) -> str:
        if self._nodes is None:
            self._nodes = template.Engine.get_default().get_template(self._name).nodelist
        with context.push(**{name: value.resolve(context) for name, value in self._values.items()}):
            return self._nodes.render(context)


def _place() -> Hashable:
    """Where the portal is, which addresses depend on."""
    return get_script_prefix(), get_urlconf()


def _language_and_place() -> Hashable:
    return get_language(), _place()


def _nobodys(context: template.Context) -> template.Context:
    """A context that knows nothing of who asks, so that nothing of that can be kept."""
    alone = template.Context(autoescape=context.autoescape)
    alone.template, alone.render_context = context.template, context.render_context
    return alone


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """A part of a template, up to `{% endkept %}`."""
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodes, _language_and_place)


@register.tag
def include(parser: Parser, token: Token) -> Node:
    """A part that is named in the template."""
    node = do_include(parser, token)
    if node.isolated_context or not _is_fixed(node.template):
        return node
    return Part(node.template.var, node.extra_context)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """The address of a page that is named in the template and takes no argument."""
    node = parse_url(parser, token)
    takes_more = node.args or node.kwargs or node.asvar
    return node if takes_more or not _is_fixed(node.view_name) else Kept(node, _place)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """The address of a file that is named in the template."""
    node = StaticNode.handle_token(parser, token)
    return node if node.varname or not _is_fixed(node.path) else Kept(node, _place)


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Words that stand in the template."""
    node = do_translate(parser, token)
    context = node.message_context
    is_said = _is_fixed(node.filter_expression) and (context is None or _is_fixed(context))
    return node if node.asvar or not is_said else Kept(node, get_language)


def _is_fixed(expression: FilterExpression) -> bool:
    """Whether it is a text in quotes, and that alone."""
    is_text = isinstance(expression.var, str) or isinstance(expression.var.literal, str)
    return is_text and not expression.filters
