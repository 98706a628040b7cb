"""Mail, SMS and push. Without a provider nothing leaves; outside production the text is logged instead."""

from email.utils import formataddr

from config.settings.environment import read

EMAIL_HOST = read("EMAIL_SMTP_HOST")
EMAIL_PORT = read("EMAIL_SMTP_PORT")
EMAIL_HOST_USER = read("EMAIL_SMTP_USERNAME")
EMAIL_HOST_PASSWORD = read("EMAIL_SMTP_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = bool(EMAIL_HOST_USER) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = formataddr((read("EMAIL_SENDER_NAME"), read("EMAIL_SENDER_ADDRESS")))

NOTICE_SENDER = "apps.notifications.services.sending.system_send_notice"

SMS_PROVIDER_API_URL = read("SMS_PROVIDER_API_URL")
SMS_PROVIDER_API_KEY = read("SMS_PROVIDER_API_KEY")
SMS_SENDER_ID = read("SMS_SENDER_ID")

FIREBASE_PROJECT_ID = read("FIREBASE_PROJECT_ID")
GOOGLE_APPLICATION_CREDENTIALS = read("GOOGLE_APPLICATION_CREDENTIALS")
FCM_API_URL = read("FCM_API_URL").rstrip("/")
