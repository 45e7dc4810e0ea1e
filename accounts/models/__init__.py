from accounts.models.mail import Mail
from accounts.models.push import PushMessage, PushSubscription
from accounts.models.user import User

__all__ = ["Mail", "PushMessage", "PushSubscription", "User"]
