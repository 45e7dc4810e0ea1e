from django.urls import path

from accounts.views import demo, profile, push

urlpatterns = [
    path("sw.js", push.service_worker, name="service-worker"),
    path("account/profile/", profile.profile, name="profile"),
    path("account/language/", profile.switch_language, name="set-language"),
    path("demo/", demo.demo, name="demo"),
    path("demo/enter/<slug:role>/", demo.demo_enter, name="demo-enter"),
    path("demo/mail/", demo.demo_mail, name="demo-mail"),
    path("demo/mail/<int:pk>/", demo.demo_mail_one, name="demo-mail-one"),
    path("demo/mail/<int:pk>/html/", demo.demo_mail_html, name="demo-mail-html"),
]
