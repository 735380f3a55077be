using System.Globalization;

namespace Rates.Api;

/// <summary>
/// Answers <c>/</c>: a converter and a table of rates, written by the server, so that both work without scripts. Figures are those that
/// <c>/v1</c> answers.
/// </summary>
internal sealed class ConverterPage(
    LocalAnswers answers, CurrentBook current, PolicyCatalog policies, PastDayReader days, TimeProvider time)
{
    private const int UsualPlaces = 2;

    /// <summary>Shows the page.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        // Writing a page takes longer than the thread that serves the sockets may be away.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var query = PageQuery.Of(context.Request);
        var book = current.Book;
        var result = await PageAnswers.TryAsync(() => ConvertAsync(context, query));
        var table = await PageAnswers.TryAsync(() => TableAsync(context, query, book));
        var (shown, fault) = (query, table.Problem);
        if (fault?.Parameter == "base")
        {
            // The wrong code is named above; the table below stays, of the usual base.
            fault = ProblemException.Of(fault.Status, "from", fault.Value ?? "", $"from{fault.Message["base".Length..]}");
            shown = query.With("from", PageQuery.UsualFrom);
            table = await PageAnswers.TryAsync(() => TableAsync(context, shown, book));
        }

        // What both say is told once.
        fault = string.Equals(fault?.Value, result.Problem?.Value, StringComparison.OrdinalIgnoreCase) ? null : fault;
        var problem = result.Problem ?? fault;

        var layout = new PageLayout(new(), PageLayout.RootOf(context.Request));
        layout.Begin(result.Value is { } done ? $"{done.Title} – Rates" : "Rates", problem, "");
        new ConverterForm(layout.Html, query, book, policies, [(result.Problem, "problem"), (fault, "table-problem")]).Write();
        ConverterResult.Write(layout, query, result, book, days.Today);
        if (result.Value is { } answer)
        {
            PageShare.Write(layout, context.Request, query.Address, $"v1/convert?{query.Conversion(answer.Amount.ToText(), null)}");
        }

        if (fault is not null)
        {
            layout.Problem(fault, "table-problem");
            ConverterResult.Suggest(layout.Html, query, fault);
        }

        if (table.Value is { } rates)
        {
            RatesTable.Write(layout, shown, rates, result.Value, days.Today);
        }

        layout.End();
        await PageSender.SendAsync(context, layout.Html, problem, time.GetUtcNow());
    }

    private async Task<ConverterAnswer> ConvertAsync(HttpContext context, PageQuery query)
    {
        if (query.Problem is { } wrong)
        {
            throw wrong;
        }

        if (query.Select == "each")
        {
            throw ProblemException.BadValue("select", query.Select, "gives no single result; choose median, mean, consensus or first");
        }

        var amount = PageAmount.Read(query.Amount);
        var exact = await AskAsync(query.Conversion(amount, null));
        var places = PlacesOf(exact.To!).ToString(CultureInfo.InvariantCulture);
        var rounded = exact.Result is null ? exact : await AskAsync(query.Conversion(amount, places));
        var inverse = await PageAnswers.TryAsync(() => AskAsync(query.Swapped.Conversion("1", null)));
        return new(exact, rounded.Result, inverse.Value?.Rate);

        Task<Conversion> AskAsync(string asked) =>
            PageAnswers.ReadAsync(answers.ConvertAsync(context, asked), PageJson.Default.Conversion);
    }

    private async Task<TableAnswer> TableAsync(HttpContext context, PageQuery query, RateBook book)
    {
        var combined = query.Select == "each" ? Converter.Default.ToText() : query.Select;
        return new(
            await PageAnswers.ReadAsync(answers.RatesAsync(context, query.Table("each")), PageJson.Default.RatesAnswer),
            await PageAnswers.ReadAsync(answers.RatesAsync(context, query.Table(combined)), PageJson.Default.BlendedRates),
            book);
    }

    private static int PlacesOf(string code) => PageText.CurrencyOf(code)?.MinorDigits ?? UsualPlaces;
}

/// <summary>A converted amount, as the page shows it.</summary>
/// <param name="Exact">What <c>/v1/convert</c> answers.</param>
/// <param name="Rounded">Its result at the decimal places of the currency; null when there is none.</param>
/// <param name="Inverse">Units of the first currency for 1 of the second; null when there is none.</param>
internal sealed record ConverterAnswer(Conversion Exact, decimal? Rounded, decimal? Inverse)
{
    /// <summary>The amount.</summary>
    public decimal Amount => Exact.Amount ?? 1;

    /// <summary>What is shown first: rounded, unless nothing would be left of a small result; null when there is none.</summary>
    public decimal? Shown => Rounded == 0 ? Exact.Result : Rounded;

    /// <summary>The answer in one line.</summary>
    public string Title => Shown is { } shown
        ? $"{PageText.Grouped(Amount)} {Exact.From} = {PageText.Money(shown, Exact.To)} {Exact.To}"
        : $"{PageText.Grouped(Amount)} {Exact.From} in {Exact.To}";
}

/// <summary>The answers that the table is made of.</summary>
/// <param name="Each">The rates by provider.</param>
/// <param name="Combined">The combined ones.</param>
/// <param name="Book">Knows the providers' names.</param>
internal sealed record TableAnswer(RatesAnswer Each, BlendedRates Combined, RateBook Book);
