"""The back office of people and mails, and the ways all back-office tables share."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.domain.users import close_account, confirm_address
from accounts.models import Mail, PushMessage, PushSubscription, User

# One way in, with the same limits and second factors as everywhere.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's documented hook
for known in (Group, EmailAddress, Authenticator):
    admin.site.unregister(known)


class LookOnly(ModelAdmin):
    """A table that only the domain writes: everything can be read and searched, nothing changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class KeptForGood(ModelAdmin):
    """A table whose rows may be added and changed but are pointed at for ever."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class LookOnlyInline(TabularInline):
    """Rows of a read-only table under their parent."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class NewUserForm(UserCreationForm):
    """An account made by hand: address, password, name."""

    class Meta:
        model = User
        fields = ("email", "display_name")
        field_classes: dict[str, Any] = {}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, Any] = {}


@admin.register(User)
class UserAdmin(BaseUserAdmin, ModelAdmin):
    """People change their own address and password; here they are found, given rights and shut out."""

    form = UserForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = (
        "email",
        "display_name",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "created_at",
    )
    list_filter = ("is_active", "is_staff", "is_superuser", "language")
    search_fields = ("email", "display_name", "public_id")
    ordering = ("-created_at",)
    readonly_fields = ("public_id", "last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("email", "password", "public_id")}),
        (_("Person"), {"fields": ("display_name", "language", "time_zone")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Times"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "display_name", "password1", "password2")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return fixed if obj is None else (*fixed, "email")

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        shut = change and "is_active" in form.changed_data and not obj.is_active
        if shut:
            # The domain function shuts the account, so that open sockets hear of it.
            obj.is_active = True
        super().save_model(request, obj, form, change)
        if shut:
            close_account(obj, now=timezone.now())
        if not change:
            confirm_address(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Group)
class GroupAdmin(BaseGroupAdmin, ModelAdmin):
    """Django's groups, for splitting back-office rights."""


@admin.register(EmailAddress)
class EmailAddressAdmin(LookOnly):
    list_display = ("email", "user", "verified", "primary")
    list_filter = ("verified", "primary")
    list_select_related = ("user",)
    search_fields = ("email",)


@admin.register(Authenticator)
class AuthenticatorAdmin(LookOnly):
    """Second factors. Removing one is the help for people who lost their device; its secret is not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = ("user", "type", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(Mail)
class MailAdmin(LookOnly):
    """Who was written to and when. The words stay out: they carry codes and links that open accounts."""

    exclude = ("text", "html")
    list_display = ("to", "subject", "created_at", "sent_at", "attempts", "error")
    list_filter = (("sent_at", admin.EmptyFieldListFilter), "created_at")
    search_fields = ("to", "subject", "key")
    date_hierarchy = "created_at"


@admin.register(PushSubscription)
class PushSubscriptionAdmin(LookOnly):
    """Browsers people let us write to. Their keys stay out."""

    exclude = ("endpoint", "p256dh", "auth")
    list_display = ("viewer_key", "user", "created_at", "gone_at")
    list_select_related = ("user",)


@admin.register(PushMessage)
class PushMessageAdmin(LookOnly):
    list_display = ("key", "created_at", "sent_at", "attempts", "error")
    search_fields = ("key",)
