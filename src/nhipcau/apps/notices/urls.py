from django.urls import path

from nhipcau.apps.notices.views import choices, feed, messages, outbox

app_name = "notices"
urlpatterns = [
    path("messages/", messages.message_list, name="list"),
    path("messages/read/", messages.read_all, name="read_all"),
    path("messages/<int:pk>/read/", messages.read, name="read"),
    path("messages/reminders/", choices.choose, name="choose"),
    path("messages/calendar/new/", choices.feed_make, name="feed_make"),
    path("messages/calendar/end/", choices.feed_end, name="feed_end"),
    path("calendar/<uuid:pk>/<str:secret>.ics", feed.feed, name="feed"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/again/", outbox.mail_again, name="mail_again"),
]
