using System.Globalization;

namespace Rates.Api;

/// <summary>Writes what a provider is: its state, the facts about its figures, and how its last fetches went.</summary>
internal static class ProviderFactsView
{
    private const int MostDays = 5;

    /// <summary>Writes the title and the three parts.</summary>
    public static void Write(PageLayout layout, ProviderView provider, ProviderPast? past, RateBook book, DateOnly today)
    {
        var html = layout.Html;
        html.Add($"""<h1>{provider.Name} <small>{provider.Key}</small></h1>""");
        State(html, provider, today);
        html.Add($"""<section id="facts" aria-label="Facts"><h2>What it publishes</h2><dl class="facts">""");
        Fact(html, "Publishes", provider.Publishes);
        Fact(html, "Direction", provider.Direction);
        Fact(html, "Units", provider.Units is { } units ? $"{units}; answers here are always for 1" : null);
        Fact(html, "Kind of figure", provider.Kind);
        Fact(html, "Category", $"{provider.Category}: {Meaning(provider.Category)}");
        Fact(html, "Published", PageCalendar.Published(provider.Calendar));
        Fact(html, "History", History(provider));
        Fact(html, "Asked", provider.Schedule is { } schedule ? PageCalendar.Fetched(schedule) : null);
        Fact(html, "Attribution", provider.Attribution);
        Link(html, "Terms of use", provider.Terms);
        Link(html, "Address", provider.Source);
        Fact(html, "Proof", provider.RecordedAnswers switch
        {
            1 => "1 recorded answer is read exactly",
            > 1 => string.Create(CultureInfo.InvariantCulture, $"{provider.RecordedAnswers} recorded answers are read exactly"),
            _ => provider.Verified ? "a recorded answer has been read" : "no recorded answer has been read",
        });
        Fact(html, "Note", provider.Note);
        if (provider.Related is { } related)
        {
            html.Add($"<dt>Same source</dt><dd>");
            foreach (var key in related)
            {
                html.Add($"""<a href="{layout.Root}providers/{key}">{book.Find(key)?.Name ?? key}</a><br>""");
            }

            html.Add($"</dd>");
        }

        html.Add($"</dl></section>");
        Quality(html, provider.Health, past);
    }

    private static void State(HtmlBuilder html, ProviderView provider, DateOnly today)
    {
        html.Add($"""<p class="origin">""");
        PageStatus.Write(html, provider.Status);
        html.Add($" ");
        if (provider.AsOf is not null)
        {
            html.Add($"newest figures of {PageText.Day(provider.AsOf, today)}");
        }

        if (provider.NextExpectedAt is { } next)
        {
            html.Add($""", next publication due <time datetime="{next}" data-local>{PageText.Instant(next)}</time>""");
        }

        html.Add($"""</p><p class="help">{PageText.Sentence($"{provider.Status}: {PageStatus.Meaning(provider.Status)}")}</p>""");
        if (provider.Reason is { } reason)
        {
            html.Add($"""<p class="warning">{PageText.Sentence(reason)}</p>""");
        }
    }

    private static void Quality(HtmlBuilder html, HealthView health, ProviderPast? past)
    {
        html.Add($"""<section id="quality" aria-label="Quality"><h2>How it goes</h2><dl class="facts">""");
        Fact(html, "Last success", health.LastSuccessAt is { } at ? PageText.Instant(at) : "none yet");
        Fact(html, "Failures since", Number(health.Failures) + (health.Reason is { } reason ? $": {reason}" : ""));
        Past(html, past);
        Fact(html, "In quarantine", $"{Number(health.Quarantined)} publications, wholly or in part");
        Fact(html, "Unreadable rows", Number(health.OddRows) + Rows(health.FirstOddRows));
        Fact(html, "Refused figures", Number(health.RefusedRows) + Rows(health.FirstRefusedRows));
        html.Add($"</dl></section>");
    }

    private static void Past(HtmlBuilder html, ProviderPast? past)
    {
        if (past is null)
        {
            Fact(html, "Last months", "not known now: the store does not answer");
            return;
        }

        Fact(html, "Days with figures", $"{Number(past.Days)} of the last {Number(ProviderPast.Span)} days");
        Fact(html, "Missed publications", past.Days == 0 ? "not known: nothing of these days is here" : Listed(past.Missed));
        Fact(html, "Corrections", Listed(past.Corrected));
    }

    private static string Listed(IReadOnlyList<DateOnly> days) => days.Count == 0 ? "none"
        : $"{Number(days.Count)}: {string.Join(", ", days.Take(MostDays).Select(day => day.ToText()))}"
            + (days.Count > MostDays ? " …" : "");

    private static string Rows(IReadOnlyList<OddRowView>? rows) =>
        rows is null ? "" : ": " + string.Join("; ", rows.Select(row => $"{row.Place}: {row.Reason}"));

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string History(ProviderView provider) => (provider.HistoryFrom, provider.HistoryUntil) switch
    {
        ({ } from, { } until) => $"{from} to {until}",
        ({ } from, null) => $"since {from}",
        _ => "the source serves the present only",
    };

    private static string Meaning(string category) => category switch
    {
        "reference" => "reference rates and fixings derived from the market",
        "market" => "prices of a market, or of a service that collects them",
        "official" => "set by an authority without regard to a market; in blends only when named",
        "compliance" => "prescribed by customs, tax or accounting rules; in blends only when named",
        _ => "averages over a period; in blends only when named",
    };

    private static void Fact(HtmlBuilder html, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            html.Add($"<dt>{name}</dt><dd>{value}</dd>");
        }
    }

    private static void Link(HtmlBuilder html, string name, string? address)
    {
        if (PageText.Link(address) is { } safe)
        {
            html.Add($"""<dt>{name}</dt><dd><a href="{safe}" rel="noreferrer">{safe}</a></dd>""");
        }
    }
}
