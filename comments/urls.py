from django.urls import path, re_path

from articles.addresses import ARTICLE
from comments import views
from comments.feeds import ReactionsFeed
from lib.feeds.conditional import routes
from lib.web.addresses import WORD

app_name = "comments"

urlpatterns = [
    *routes(rf"{ARTICLE}/reactions/", ReactionsFeed),
    re_path(rf"^auteurs/{WORD}/reactions/$", views.of_author, name="of_author"),
    re_path(rf"{ARTICLE}/reactions/$", views.post, name="post"),
    re_path(rf"{ARTICLE}/signalement/$", views.report_article, name="report_article"),
    path("reactions/<int:pk>/", views.permalink, name="permalink"),
    path("reactions/<int:pk>/modifier/", views.edit, name="edit"),
    path("reactions/<int:pk>/retrait/", views.retract, name="retract"),
    path("reactions/<int:pk>/signalement/", views.report, name="report"),
]
