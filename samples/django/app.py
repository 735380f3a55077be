"""A page with euro rates of chosen providers side by side.

    python3 app.py runserver 127.0.0.1:8000      # Debian: apt-get install python3-django
"""
import secrets
import sys

from django import forms
from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.shortcuts import render
from django.urls import path

from rates import euro_rates

PROVIDERS = [
    ("ecb", "European Central Bank"), ("boc", "Bank of Canada"), ("cnb", "Czech National Bank"), ("nbp", "National Bank of Poland"),
]
QUOTES = [(code, code) for code in ("USD", "GBP", "CHF", "JPY", "PLN", "CZK")]

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(),
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [sys.path[0]]}],
)


class Choice(forms.Form):
    """Which providers and quotes the page shows."""

    providers = forms.MultipleChoiceField(choices=PROVIDERS, widget=forms.CheckboxSelectMultiple)
    quotes = forms.MultipleChoiceField(choices=QUOTES, widget=forms.CheckboxSelectMultiple)


def page(request):
    """Shows the form and, for a valid choice, a row for each quote and a column for each provider."""
    form = Choice(request.GET or {"providers": ["ecb", "cnb"], "quotes": ["USD", "GBP"]})
    columns, rows, problem = [], [], None
    if form.is_valid():
        try:
            columns = euro_rates(form.cleaned_data["providers"], form.cleaned_data["quotes"])
        except OSError as error:  # Not there, no answer in time, an answer that breaks off, or a refusal.
            problem = f"The rates cannot be read: {error}"
        rows = [(quote, [column["rates"].get(quote) for column in columns]) for quote in form.cleaned_data["quotes"]]
    return render(request, "page.html", {"form": form, "columns": columns, "rows": rows, "problem": problem})


urlpatterns = [path("", page)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
else:
    application = get_wsgi_application()
