"""A browser's way through another provider and back."""

from django.db import models
from django.db.models import Q

from apps.identity.models.account import Account, Provider
from ghar.models import choices_check


class ChallengeMethod(models.TextChoices):
    S256 = "s256", "SHA-256"
    PLAIN = "plain", "Plain"


class SignInFlow(models.Model):
    """Begun by `/authorize`, met again at `/callback` by its state, ended when its code is exchanged.

    State and code are kept as hashes. A flow that has a code has an account, and no longer answers to its state.
    """

    provider = models.CharField(max_length=16, choices=Provider)
    redirect_to = models.CharField(max_length=2000)
    challenge = models.CharField(max_length=128, blank=True, default="")
    challenge_method = models.CharField(max_length=8, choices=ChallengeMethod, null=True)
    nonce = models.CharField(max_length=64)
    state_digest = models.CharField(max_length=64, unique=True, null=True)
    code_digest = models.CharField(max_length=64, unique=True, null=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "identity_flows"
        constraints = [
            choices_check("provider", Provider, name="identity_flows_provider_known"),
            choices_check("challenge_method", ChallengeMethod, name="identity_flows_method_known"),
            models.CheckConstraint(
                condition=Q(state_digest__isnull=False, code_digest=None, account=None)
                | Q(state_digest=None, code_digest__isnull=False, account__isnull=False),
                name="identity_flows_one_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} to {self.redirect_to}"
