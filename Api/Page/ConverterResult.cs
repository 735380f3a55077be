namespace Rates.Api;

/// <summary>Writes the converted amount: one sentence, and below it whose rates it was made of, of which day, and how sure it is.</summary>
internal static class ConverterResult
{
    /// <summary>Writes it, or what prevents it.</summary>
    public static void Write(PageLayout layout, PageQuery query, PageAnswer<ConverterAnswer> answer, RateBook book, DateOnly today)
    {
        var html = layout.Html;
        html.Add($"""<section id="result" aria-label="Result" aria-live="polite">""");
        if (answer.Value is { } done)
        {
            Sentence(html, done);
            Origin(html, query, done.Exact, book, today);
            var (from, to) = (query.TableBase, query.Swapped.TableBase);
            html.Add($"""
                <p><a href="{layout.Root}pair/{from}/{to}{Day(query)}">Every provider's {from}/{to}: sources, days and history</a></p>
                """);
        }
        else
        {
            layout.Problem(answer.Problem!, "problem");
        }

        html.Add($"</section>");
    }

    private static void Sentence(HtmlBuilder html, ConverterAnswer done)
    {
        var one = done.Exact;
        html.Add($"""<p class="answer">{PageText.Grouped(done.Amount)} {one.From} """);
        if (done.Shown is { } shown)
        {
            html.Add($"""
                = <strong data-copy="title" title="{one.Result?.ToText()}">{PageText.Grouped(shown)} {one.To}</strong></p>
                <p class="unit">1 {one.From} = {one.Rate?.ToText()} {one.To}
                """);
            if (done.Inverse is { } inverse)
            {
                html.Add($""" <span class="inverse">1 {one.To} = {inverse.ToText()} {one.From}</span>""");
            }

            html.Add($"</p>");
        }
        else
        {
            html.Add($"cannot be given in {one.To}</p>");
        }
    }

    private static void Origin(HtmlBuilder html, PageQuery query, Conversion one, RateBook book, DateOnly today)
    {
        string[] names = [.. (one.Providers ?? []).Select(key => book.Find(key)?.Name ?? key)];
        var way = names.Length == 1 ? "" : one.Select switch
        {
            "mean" => "Mean of ",
            "consensus" => "Consensus of ",
            "first" => "",
            _ => "Median of ",
        };
        html.Add($"""
            <p class="origin"><span class="status {one.Status}">{one.Status}</span>
            <span title="{string.Join(", ", names)}">{way}{PageText.Names(names)}</span>, {PageText.Day(one.AsOf, today)}
            """);
        if (one.Spread is { } spread)
        {
            html.Add($", spread {PageText.Percent(spread)}");
        }

        if (one.Path is { } path && path.Contains(',', StringComparison.Ordinal))
        {
            html.Add($", through {path}");
        }

        html.Add($"</p>");
        if (one.Status is not ("fresh" or "closed") || one.Note is not null)
        {
            html.Add($"""<p class="warning">{WarningOf(one)}</p>""");
        }
    }

    private static string WarningOf(Conversion one) => (one.Note, one.Status) switch
    {
        ({ } note, _) => note,
        (_, "unconfirmed") => "No second source has confirmed this rate.",
        _ => $"This rate is {one.Status}: nothing newer than {one.AsOf} has come in.",
    };

    private static string Day(PageQuery query) => query.Date.Length > 0 ? $"?{LocalAnswers.Query(("date", query.Date))}" : "";
}
