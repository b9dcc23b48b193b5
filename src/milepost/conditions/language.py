"""Text to condition.

    condition  = part { "or" part }
    part       = factor { "and" factor }
    factor     = "not" factor | "(" condition ")" | term [ sign term ]
    term       = value { ("+" | "-") value }
    value      = date | period | amount | percent | number | word | function "(" [ argument { "," argument } ] ")"
    argument   = id | kind | property | "not" property | field "=" word | field "!=" word
    sign       = "<" | "<=" | ">" | ">=" | "=" | "!="

There are no loops and no names to define, the text and its nesting are bounded, and types are checked before anything
is asked: a condition that was parsed gives an answer in time linear in the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

from milepost.conditions.functions import ABOUT, ASKED_OF, FIELDS, FUNCTIONS, KINDS, PROPERTIES, REFERRING, Function
from milepost.conditions.tokens import Token, read_tokens
from milepost.conditions.tree import (
    Both,
    Call,
    Comparison,
    Condition,
    ConditionError,
    Either,
    Filter,
    Literal,
    Node,
    Not,
    Reference,
    Sum,
    Term,
    Type,
)
from milepost.model.calendar import parse_date, parse_period
from milepost.model.estimate import Amount, Unit, parse_amount

_DEEPEST = 32
_LARGEST = 1e9
_COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
_SUMS = {
    (Type.DATE, "-", Type.DATE): Type.DAYS,
    (Type.DATE, "+", Type.AMOUNT): Type.DATE,
    (Type.DATE, "-", Type.AMOUNT): Type.DATE,
    (Type.DATE, "+", Type.DAYS): Type.DATE,
    (Type.DATE, "-", Type.DAYS): Type.DATE,
}


def parse_condition(text: str) -> Condition:
    """The condition that a text means. Raises `ConditionError` where it means none."""
    parser = _Parser(list(read_tokens(text)))
    root = parser.condition()
    parser.expect("end", "")
    return Condition(text, root, tuple(parser.references))


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.references: list[Reference] = []

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self, kind: str, *texts: str) -> Token | None:
        """The next token where it is of that kind (and one of these texts); it is then behind us."""
        token = self.next
        if token.kind != kind or (texts and token.text not in texts):
            return None
        self.at += 1
        return token

    def expect(self, kind: str, text: str) -> Token:
        if token := self.take(kind, *([text] if text else [])):
            return token
        found = f"{self.next.text} stands here" if self.next.text else "the condition ends here"
        wanted = f"`{text}` was expected" if text else "nothing more was expected"
        raise ConditionError(f"{found[0].upper()}{found[1:]}, where {wanted}.", _EXAMPLE, self.next.column)

    def condition(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ConditionError(f"More than {_DEEPEST} levels are nested here.", "split it in two", self.next.column)
        node = self.part()
        while self.take("name", "or"):
            node = Either(node, self.part())
        self.depth -= 1
        return node

    def part(self) -> Node:
        node = self.factor()
        while self.take("name", "and"):
            node = Both(node, self.factor())
        return node

    def factor(self) -> Node:
        negations = 0
        while self.take("name", "not"):
            negations += 1
        node = self.bracket() if self.take("sign", "(") else self.comparison()
        return Not(node) if negations % 2 else node

    def bracket(self) -> Node:
        node = self.condition()
        self.expect("sign", ")")
        return node

    def comparison(self) -> Node:
        left = self.term()
        sign = self.take("sign", *_COMPARISONS)
        if sign is None:
            if isinstance(left, Call) and left.type is Type.TRUTH:
                return left
            raise ConditionError(f"This is {left.type}, not a condition.", f"compare it: {_EXAMPLE}", left.column)
        right = self.term()
        _check_comparison(left, sign, right)
        return Comparison(sign.text, left, right, sign.column)

    def term(self) -> Term:
        term: Term = self.value()
        while sign := self.take("sign", "+", "-"):
            right = self.value()
            term = Sum(sign.text, term, right, _sum_type(term, sign, right), sign.column)
        return term

    def value(self) -> Term:
        token = self.next
        if token.kind in ("end", "sign"):
            self.expect("name", "a date, an amount, a word or a question such as due(ID)")
        self.at += 1
        if token.kind == "name" and self.take("sign", "("):
            return self.call(token)
        return _literal(token)

    def call(self, name: Token) -> Call:
        function = FUNCTIONS.get(name.text) or _unknown(name, "question", list(FUNCTIONS))
        subject = None
        if function.takes != "nothing":
            subject = self.subject(name, function)
        filters: list[Filter] = []
        while not self.take("sign", ")"):
            if filters or subject is not None:
                self.expect("sign", ",")
            if not function.filters:
                raise ConditionError(f"{name.text} is asked about one id.", f"{name.text}(ID)", self.next.column)
            filters.append(self.filter())
            _check_filter(filters[-1], ABOUT.get(name.text) or (KINDS[subject or ""],))
        return Call(name.text, function.type, subject, tuple(filters), name.column)

    def subject(self, name: Token, function: Function) -> str:
        token = self.next
        if token.kind in ("end", "sign"):
            example = "milestones" if function.takes == "kind" else "ID"
            raise ConditionError(
                f"{name.text} needs to know what it is asked about.", f"{name.text}({example})", token.column
            )
        self.at += 1
        if function.takes == "kind" and token.text not in KINDS:
            _unknown(token, "kind of item", list(KINDS))
        if function.takes == "id":
            self.refer(token, None)
        return token.text

    def refer(self, token: Token, kind: str | None) -> None:
        """Remembers where an item is named, with its kind where `kind:` stands before the id."""
        prefix, colon, id = token.text.rpartition(":")
        start = token.column - 1 + (token.width - len(token.text)) // 2 + len(prefix) + len(colon)
        self.references.append(Reference(start, start + len(id), id, prefix or kind))

    def filter(self) -> Filter:
        negated = self.take("name", "not") is not None
        token = self.next
        self.at += token.kind != "end"
        if sign := self.take("sign", "=", "!="):
            if token.text not in FIELDS:
                _unknown(token, "field to choose by", list(FIELDS))
            value = self.next
            if value.kind in ("end", "sign"):
                self.expect("name", "a word")
            self.at += 1
            if token.text in REFERRING:
                self.refer(value, REFERRING[token.text])
            return Filter(token.text, value.text, negated != (sign.text == "!="), token.column)
        if token.text not in PROPERTIES:
            _unknown(token, "property to choose by", [*PROPERTIES, *(f"{field}=…" for field in FIELDS)])
        return Filter(token.text, None, negated, token.column)


_EXAMPLE = "due(public-beta) <= 2027-04-15"


def _literal(token: Token) -> Literal:
    text, column = token.text, token.column
    if token.kind == "date":
        if day := parse_date(text):
            return Literal(Type.DATE, day, column)
        raise ConditionError(f"There is no day {text}.", "correct the date", column)
    if token.kind == "period":
        if span := parse_period(text):
            return Literal(Type.DATE, span.last, column)
        raise ConditionError(f"There is no month {text}.", "write a month as 2027-04, a quarter as 2027-Q2", column)
    if token.kind == "amount":
        if amount := parse_amount(text):
            return Literal(Type.AMOUNT, amount, column)
        raise ConditionError("This is more than anybody can do.", "write a smaller amount", column)
    if token.kind == "percent":
        return Literal(Type.SHARE, _number(token) / 100, column)
    if token.kind == "number":
        return Literal(Type.NUMBER, _number(token), column)
    return Literal(Type.WORD, text, column)


def _number(token: Token) -> float:
    number = float(token.text.removesuffix("%"))
    if number > _LARGEST:
        raise ConditionError("This number is larger than anything in a plan.", "write a smaller one", token.column)
    return number


def _sum_type(left: Term, sign: Token, right: Term) -> Type:
    if found := _SUMS.get((left.type, sign.text, right.type)):
        _check_days(right)
        return found
    if left.type is right.type and left.type in (Type.DAYS, Type.EFFORT, Type.NUMBER):
        return left.type
    if right.type is Type.AMOUNT and left.type in (Type.DAYS, Type.EFFORT):
        if left.type is Type.DAYS:
            _check_days(right)
        return left.type
    does = "added to" if sign.text == "+" else "taken from"
    message = f"{_capital(right.type)} can't be {does} {left.type}."
    raise ConditionError(message, "days are added to a date, effort to effort: due(a) + 14d", sign.column)


def _check_comparison(left: Term, sign: Token, right: Term) -> None:
    types = {left.type, right.type}
    fits = len(types) == 1 or types in ({Type.AMOUNT, Type.EFFORT}, {Type.AMOUNT, Type.DAYS})
    if not fits:
        message = f"{_capital(left.type)} can't be compared with {right.type}."
        raise ConditionError(message, f"for example {_EXAMPLE}", sign.column)
    if Type.DAYS in types:
        _check_days(left)
        _check_days(right)
    if Type.WORD in types and sign.text not in ("=", "!="):
        raise ConditionError("Words have no order.", "compare them with = or !=", sign.column)
    if not (isinstance(left, Call | Sum) or isinstance(right, Call | Sum)):
        raise ConditionError("Both sides stay the same whatever the plan says.", _EXAMPLE, left.column)


def _check_filter(one: Filter, kinds: Sequence[str]) -> None:
    """Nothing of these kinds may have what is asked for."""
    able = ASKED_OF[one.name]
    if not any(kind in able for kind in kinds):
        plurals = [plural for plural, kind in KINDS.items() if kind in able]
        wanted = " or ".join(plural for plural, kind in KINDS.items() if kind in kinds)
        shape = f"{one.name}=…" if one.value is not None else one.name
        raise ConditionError(f"`{shape}` can't be asked of {wanted}.", f"it can be of {', '.join(plurals)}", one.column)


def _check_days(term: Term) -> None:
    """Between dates only days and weeks have a meaning."""
    if isinstance(term, Literal) and isinstance(term.value, Amount) and term.value.unit not in (Unit.DAYS, Unit.WEEKS):
        raise ConditionError(f"{term.value} is no time between two dates.", "write it as 14d or 2w", term.column)


def _capital(type_: Type) -> str:
    return type_.value[0].upper() + type_.value[1:]


def _unknown(token: Token, what: str, known: list[str]) -> NoReturn:
    close = get_close_matches(token.text, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"one of {', '.join(known)}"
    raise ConditionError(f"{token.text or 'nothing'} is no {what}.", hint, token.column)
