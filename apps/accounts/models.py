"""People. A user is known by phone first; the row is linked to a login at the identity provider by `subject`."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from ghar.models import choices_check


class UserRole(models.TextChoices):
    USER = "user", "User"
    AGENT = "agent", "Agent"
    ADMIN = "admin", "Admin"


class AuthMethod(models.TextChoices):
    GOOGLE = "google", "Google"
    APPLE = "apple", "Apple"
    EMAIL_PASSWORD = "email_password", "Email and password"
    PHONE_PASSWORD = "phone_password", "Phone and password"
    PHONE_OTP = "phone_otp", "Code by phone"
    EMAIL_OTP = "email_otp", "Code by email"


class App(models.TextChoices):
    """The client apps that gate their own onboarding."""

    FLATMATES = "flatmates", "Flatmates"
    STAYS = "stays", "Stays"
    ESTATE = "estate", "Estate"


class UserManager(BaseUserManager["User"]):
    """Finds staff by phone or email for the admin's sign-in form."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of an E.164 phone number or of an email address in any case."""
        name = (username or "").strip()
        return self.get(models.Q(phone=name) | models.Q(email=name.lower()) if name else models.Q(pk=None))

    def create_superuser(self, *, email: str, password: str, **fields: Any) -> "User":
        """An admin, for `manage.py createsuperuser`."""
        user = self.model(email=email.lower(), role=UserRole.ADMIN, email_verified=True, is_verified=True, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person, whatever they do here.

    `subject` is the `sub` of their tokens (on the wire `supabase_user_id`); it is null for rows that nobody has
    signed in to yet, such as imported owners. `password` serves staff at the admin's form only; everybody else's
    is kept by the identity provider. JSON columns are replaced whole, never merged, by profile updates.

    Of a deleted person the row stays, because visits and listings name it, empty of all that says who they were. It
    keeps its `subject`, so that tokens that have not run out yet lead here and are refused.
    """

    subject = models.CharField(max_length=255, unique=True, null=True, blank=True)
    phone = models.CharField(max_length=16, unique=True, null=True, blank=True, help_text="E.164, e.g. +919876543210")
    email = models.EmailField(null=True, blank=True)
    full_name = models.CharField(max_length=100, null=True, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    profile_image_url = models.CharField(max_length=500, null=True, blank=True)
    role = models.CharField(max_length=16, choices=UserRole, default=UserRole.USER)

    is_active = models.BooleanField(default=True)
    is_verified = models.BooleanField(default=False)
    phone_verified = models.BooleanField(default=False)
    email_verified = models.BooleanField(default=False)
    last_auth_method = models.CharField(max_length=20, choices=AuthMethod, null=True, blank=True)
    last_auth_method_at = models.DateTimeField(null=True, blank=True)

    preferences = models.JSONField(default=dict, blank=True)
    notification_settings = models.JSONField(default=dict, blank=True)
    privacy_settings = models.JSONField(default=dict, blank=True)
    current_latitude = models.FloatField(null=True, blank=True)
    current_longitude = models.FloatField(null=True, blank=True)
    onboarded_apps = models.JSONField(default=list, blank=True, help_text="Slugs of the apps whose onboarding is done")

    agent = models.ForeignKey(
        "agents.Agent",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="customers",
        help_text="Who looks after this customer",
    )
    agent_assigned_at = models.DateTimeField(null=True, blank=True)

    deletion_requested_at = models.DateTimeField(null=True, blank=True, editable=False)
    deletion_due_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the account is deleted that somebody asked to delete"
    )
    deleted_at = models.DateTimeField(null=True, blank=True)
    login_removed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the identity provider had removed a deleted person's login"
    )

    is_seed_data = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True, null=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(fields=["email"], name="users_email_unique"),
            models.CheckConstraint(
                condition=models.Q(phone__regex=r"^\+[1-9][0-9]{6,14}$") | models.Q(phone=None),
                name="users_phone_e164",
            ),
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")) | models.Q(email=None),
                name="users_email_lower",
            ),
            choices_check("role", UserRole, name="users_role_known"),
            choices_check("last_auth_method", AuthMethod, name="users_auth_method_known"),
            models.CheckConstraint(
                condition=models.Q(current_latitude__range=(-90, 90)) | models.Q(current_latitude=None),
                name="users_latitude_on_globe",
            ),
            models.CheckConstraint(
                condition=models.Q(current_longitude__range=(-180, 180)) | models.Q(current_longitude=None),
                name="users_longitude_on_globe",
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_at=None)
                | models.Q(
                    is_active=False,
                    phone=None,
                    email=None,
                    full_name=None,
                    date_of_birth=None,
                    profile_image_url=None,
                    current_latitude=None,
                    current_longitude=None,
                    agent=None,
                ),
                name="users_deleted_are_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(deletion_requested_at=None, deletion_due_at=None)
                | models.Q(deletion_requested_at__isnull=False, deletion_due_at__isnull=False),
                name="users_deletion_requested_and_due",
            ),
            models.CheckConstraint(
                condition=models.Q(login_removed_at=None) | models.Q(deleted_at__isnull=False),
                name="users_login_removed_of_deleted",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="users_newest"),
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False, login_removed_at=None),
                name="users_deletions_to_finish",
            ),
            models.Index(
                fields=["deletion_due_at"],
                condition=models.Q(deletion_due_at__isnull=False),
                name="users_deletions_due",
            ),
            *[
                GinIndex(fields=[name], opclasses=["gin_trgm_ops"], name=f"users_{name}_parts")
                for name in ("full_name", "email", "phone")
            ],
        ]

    def __str__(self) -> str:
        return self.full_name or self.phone or self.email or f"User {self.pk}"

    def get_full_name(self) -> str:
        """What the admin greets its user by."""
        return str(self)

    def get_username(self) -> str:
        """What staff sign in with: the email, else the phone. The admin's pages need it to be there."""
        return self.email or self.phone or ""

    @property
    def is_staff(self) -> bool:
        """May sign in to the admin. What a screen shows to whom is declared by the screen."""
        return self.is_active and self.role in (UserRole.AGENT, UserRole.ADMIN)

    @property
    def shown_agent(self) -> Any:
        """Of an agent's login the agent that it is, of others the one they have."""
        return getattr(self, "agent_profile", None) if self.role == UserRole.AGENT else self.agent

    @property
    def shown_agent_id(self) -> int | None:
        """What clients know as `agent_id`."""
        return getattr(self.shown_agent, "pk", None)

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Admins may do what no screen forbids; agents only what a screen opens to them."""
        return self.is_active and self.role == UserRole.ADMIN

    def has_module_perms(self, app_label: str) -> bool:
        """The admin's index lists an app when one of its screens is open; screens decide."""
        return self.is_staff
