"""Writing FAQs."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.support import permissions
from apps.support.models import FAQ
from apps.support.selectors.faqs import FAQNotFound
from apps.support.services import refusals
from ghar.actors import Actor

_NEVER_NULL = ("question", "answer", "is_active", "display_order")


def create_faq(*, actor: Actor, **values: Any) -> FAQ:
    """Write a question and its answer. Raises OnlyAdmins."""
    _insist_on_admin(actor)
    return _write(FAQ(), values)


@transaction.atomic
def update_faq(*, actor: Actor, faq_id: int, changes: Mapping[str, Any]) -> FAQ:
    """Write the given fields. Raises OnlyAdmins, FAQNotFound."""
    _insist_on_admin(actor)
    faq = FAQ.objects.select_for_update().filter(pk=faq_id).first()
    if faq is None:
        raise FAQNotFound(faq_id)
    return _write(faq, changes)


def take_faq_down(*, actor: Actor, faq_id: int) -> FAQ:
    """The public reads it no more. Raises OnlyAdmins, FAQNotFound."""
    return update_faq(actor=actor, faq_id=faq_id, changes={"is_active": False})


def _insist_on_admin(actor: Actor) -> None:
    if not permissions.can_edit(actor):
        raise refusals.OnlyAdmins


def _write(faq: FAQ, values: Mapping[str, Any]) -> FAQ:
    for name, value in values.items():
        if value is not None or name not in _NEVER_NULL:
            setattr(faq, name, value)
    faq.save()
    return faq
