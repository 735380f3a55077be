using System.Globalization;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/pair/{base}/{quote}</c>: what every provider says of one pair, where each figure comes from, and a chart of its history.
/// </summary>
internal sealed class PairPage(
    LocalAnswers answers, CurrentBook current, PastDayReader days, EvidenceFinder evidence, TimeProvider time)
{
    /// <summary>Shows the page.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var query = PairQuery.Of(context.Request);
        var book = current.Book;
        var day = LocalAnswers.Query(("date", query.Date));
        var pair = await PageAnswers.TryAsync(() => PageAnswers.ReadAsync(
            answers.PairAsync(context, query.Base, query.Quote, day), PageJson.Default.PairAnswer));
        var layout = new PageLayout(new(), PageLayout.RootOf(context.Request));
        var path = $"v1/rates/{Uri.EscapeDataString(query.Base)}/{Uri.EscapeDataString(query.Quote)}?{day}".TrimEnd('?');
        if (pair.Value is { } answer)
        {
            await WriteAsync(context, layout, query with { Base = answer.Base, Quote = answer.Quote }, answer, book);
            PageShare.Write(layout, context.Request, $"?{query.Address(null)}", path);
        }
        else
        {
            layout.Begin("Rates", pair.Problem, null);
            layout.Html.Add($"<h1>{query.Base}/{query.Quote}</h1>");
            layout.Problem(pair.Problem!, "problem");
            layout.Html.Add($"""<p><a href="{layout.Root}">Convert another amount</a></p>""");
        }

        layout.End();
        await PageSender.SendAsync(context, layout.Html, pair.Problem ?? query.Problem, time.GetUtcNow());
    }

    private async Task WriteAsync(HttpContext context, PageLayout layout, PairQuery query, PairAnswer answer, RateBook book)
    {
        var covering = answer.Providers.Where(figure => figure.Rate is not null).ToList();
        var keys = LinesOf(query, covering, book);
        var chart = keys.Count == 0 ? null : await ReadAsync(context, query.History(book, keys, days.Today, ""));
        var median = query.WithMedian && keys.Count > 1
            ? await ReadAsync(context, query.History(book, keys, days.Today, "median"))
            : null;

        layout.Begin($"{answer.Base}/{answer.Quote} – Rates", null, null);
        PairTable.Head(layout, query, answer, book, days.Today);
        if (chart?.Value is { } lines)
        {
            HistoryChart.Write(layout, query, lines, median?.Value, book);
            PairTable.ChartChoice(layout, query, covering, keys);
        }

        if ((query.Problem ?? chart?.Problem ?? median?.Problem) is { } problem)
        {
            layout.Problem(problem, "chart-problem");
        }

        PairTable.Write(layout, answer, covering, await EvidenceOfAsync(covering, context.RequestAborted), days.Today);
    }

    private Task<PageAnswer<ChartFigures>> ReadAsync(HttpContext context, string history) => PageAnswers.TryAsync(
        async () => new ChartFigures(
            history, await PageAnswers.ReadAsync(answers.HistoryAsync(context, history), PageJson.Default.HistoryAnswer)));

    // The addresses of the stored documents, by provider.
    private async Task<Dictionary<string, string>> EvidenceOfAsync(IEnumerable<PairFigure> figures, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(figures.Select(async figure =>
            EvidenceVersion.TryParse(figure.Version ?? "", out var version)
                && await HasEvidenceAsync(figure.Provider, version, cancellationToken)
                ? (figure.Provider, Address: string.Create(CultureInfo.InvariantCulture, $"v1/evidence/{figure.Provider}/{version}"))
                : default));
        return found.Where(one => one.Address is not null).ToDictionary(one => one.Provider, one => one.Address);
    }

    private async Task<bool> HasEvidenceAsync(string provider, long version, CancellationToken cancellationToken)
    {
        try
        {
            return await evidence.FindAsync(provider, version, cancellationToken) is not null;
        }
        catch (Exception unread) when (unread is StoreUnavailableException or InvalidDataException)
        {
            // The address itself tells what is wrong.
            return true;
        }
    }

    // The chosen providers; else the first of the usual ones that have the pair.
    private static IReadOnlyList<string> LinesOf(PairQuery query, List<PairFigure> covering, RateBook book)
    {
        if (query.Chart.Count > 0)
        {
            return query.Chart;
        }

        var known = covering.Select(figure => figure.Provider).ToHashSet();
        var defaults = book.DefaultIndexes.Select(index => book.Entries[index].Key);
        string[] usual = [.. defaults.Where(known.Contains).Take(PairQuery.MostLines - 2)];
        return usual.Length > 0 ? usual : [.. known.Take(1)];
    }
}
