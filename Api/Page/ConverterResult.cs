namespace Rates.Api;

/// <summary>Writes the converted amount: one sentence, and below it whose rates it was made of, of which day, and how sure it is.</summary>
internal static class ConverterResult
{
    /// <summary>Writes it, or what prevents it.</summary>
    public static void Write(PageLayout layout, PageQuery query, PageAnswer<ConverterAnswer> answer, RateBook book, DateOnly today)
    {
        var html = layout.Html;
        html.Add($"""<section id="result" aria-label="Result">""");
        if (answer.Value is { } done)
        {
            Sentence(html, done);
            if (done.Exact.Providers is null)
            {
                html.Add($"""<p class="origin">Units of one currency: no rate is needed.</p>""");
            }
            else
            {
                Origin(html, query, done.Exact, book, today);
            }

            var (from, to) = (query.TableBase, query.Swapped.TableBase);
            html.Add($"""
                <p class="onward"><a href="{layout.Root}pair/{from}/{to}{Day(query)}">Every provider's {from}/{to}, with history</a></p>
                """);
        }
        else
        {
            layout.Problem(answer.Problem!, "problem");
            Suggest(html, query, answer.Problem!);
        }

        html.Add($"</section>");
    }

    private static void Sentence(HtmlBuilder html, ConverterAnswer done)
    {
        var one = done.Exact;
        html.Add($"""<p class="answer">{PageText.Grouped(done.Amount)} {one.From} """);
        if (done.Shown is not { } shown)
        {
            html.Add($"cannot be given in {one.To}</p>");
            return;
        }

        html.Add($"""
            = <strong data-copy="title" title="{one.Result?.ToText()}">{PageText.Money(shown, one.To)} {one.To}</strong></p>
            <p class="unit"><span>1 {one.From}
            """);
        html.Add($" = ");
        PageFigure.OfRate(one.Rate ?? 0).Write(html, 0);
        html.Add($" {one.To}</span> ");
        if (done.Inverse is { } inverse)
        {
            html.Add($"<span>1 {one.To} = ");
            PageFigure.OfRate(inverse).Write(html, 0);
            html.Add($" {one.From}</span>");
        }

        html.Add($"</p>");
    }

    private static void Origin(HtmlBuilder html, PageQuery query, Conversion one, RateBook book, DateOnly today)
    {
        // The usual providers, which readers know from the table, are named first.
        var usual = book.DefaultIndexes.Select(index => book.Entries[index].Key).ToHashSet();
        string[] names =
        [
            .. one.Providers!.OrderBy(key => !usual.Contains(key)).Select(key => book.Find(key)?.Name ?? key),
        ];
        var way = names.Length == 1 ? "" : one.Select switch
        {
            "mean" => "Mean of ",
            "consensus" => "Consensus of ",
            "first" => "",
            _ => "Median of ",
        };
        html.Add($"""<p class="origin">""");
        PageStatus.Write(html, one.Status);
        html.Add($"""
             <span title="{string.Join(", ", names)}">{way}{PageText.Names(names)}</span>, {DaysOf(one, today)}
            """);
        if (one.Spread is { } spread)
        {
            html.Add($""", <span title="{PageText.SpreadMeaning}">spread {PageText.Percent(spread)}</span>""");
        }

        if (one.Path is { } path && path.Contains(',', StringComparison.Ordinal))
        {
            html.Add($", through {path}");
        }

        if (one.Rule is { } rule)
        {
            html.Add($"; policy {rule}");
        }

        html.Add($"</p>");
        if (one.Status is not ("fresh" or "closed") || one.Note is not null)
        {
            html.Add($"""<p class="warning">{WarningOf(one, book)}</p>""");
        }
    }

    private static string DaysOf(Conversion one, DateOnly today) => one.Newest is { } newest
        ? $"{PageText.Day(one.Oldest, today)} to {PageText.Day(newest, today)}"
        : PageText.Day(one.AsOf, today);

    /// <summary>Leads who typed a name to its code; writes nothing when no name is like what was typed.</summary>
    public static void Suggest(HtmlBuilder html, PageQuery query, ProblemException problem)
    {
        if (problem.Parameter is not ("from" or "to") || CurrencySuggestions.Of(problem.Value) is not { Count: > 0 } meant)
        {
            return;
        }

        html.Add($"""<p class="suggest">Did you mean """);
        foreach (var (number, one) in meant.Index())
        {
            var before = number == 0 ? "" : number == meant.Count - 1 ? " or " : ", ";
            html.Add($"""{before}<a href="./{query.With(problem.Parameter, one.Code.Code).Address}">{one.Code.Code}, {one.Name}</a>""");
        }

        html.Add($"?</p>");
    }

    private static string WarningOf(Conversion one, RateBook book) => (one.Note, one.Status) switch
    {
        ({ } note, _) => PageText.Sentence(PageText.Named(note, book)),
        (_, "unconfirmed") => "No second source has confirmed this rate.",
        _ => $"This rate is {one.Status}: nothing newer than {one.AsOf} has come in.",
    };

    private static string Day(PageQuery query) => query.Date.Length > 0 ? $"?{LocalAnswers.Query(("date", query.Date))}" : "";
}
