namespace Rates.Api;

/// <summary>What the fields of the converter hold: texts as they came in the address, none of them checked yet.</summary>
internal sealed record PageQuery
{
    /// <summary>The currencies of the table unless the address names others.</summary>
    private static readonly string[] Usual = ["USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK"];

    /// <summary>The fields that hold one value. Providers are boxes, and quotes a list.</summary>
    private static readonly string[] Single = ["amount", "from", "to", "date", "select", "policy"];

    /// <summary>The base unless the address names another.</summary>
    public const string UsualFrom = "EUR";

    /// <summary>The amount to convert.</summary>
    public string Amount { get; private init; } = "";

    /// <summary>The currency converted from, and the base of the table.</summary>
    public string From { get; private init; } = "";

    /// <summary>The currency converted to.</summary>
    public string To { get; private init; } = "";

    /// <summary>The day; empty for the latest.</summary>
    public string Date { get; private init; } = "";

    /// <summary>Provider keys with commas between them, or <c>all</c>; empty for the usual ones.</summary>
    public string Providers { get; private init; } = "";

    /// <summary>How providers are combined.</summary>
    public string Select { get; private init; } = "";

    /// <summary>The policy that chooses providers, day and rounding of the conversion; empty for none.</summary>
    public string Policy { get; private init; } = "";

    /// <summary>The quotes of the table; empty for the usual ones.</summary>
    public string Quotes { get; private init; } = "";

    /// <summary>What is wrong with the address itself: a field that it has twice. Null when nothing is.</summary>
    public ProblemException? Problem { get; private init; }

    /// <summary>Reads an address. What it does not name has its usual value; parameters that the page does not know count for nothing. Of
    /// a field that it has twice the first counts, and <see cref="Problem"/> names it: joined with a comma, two amounts were a third.
    /// </summary>
    public static PageQuery Of(HttpRequest request)
    {
        var query = request.Query;
        return new()
        {
            Problem = Single.FirstOrDefault(name => query[name].Count > 1) is { } twice
                ? ProblemException.BadParameter(twice, "may be given only once")
                : null,
            Amount = Text("amount", "1"),

            // Codes stay as they are typed: GBp is a hundredth of GBP.
            From = Text("from", UsualFrom),
            To = Text("to", Text("from", UsualFrom).Equals("USD", StringComparison.OrdinalIgnoreCase) ? "EUR" : "USD"),
            Date = Text("date", ""),

            // Boxes of a form that are checked come one by one.
            Providers = string.Join(',', query["providers"].Where(key => !string.IsNullOrWhiteSpace(key)).Select(key => key!.Trim())),
            Select = Text("select", "median"),
            Policy = Text("policy", ""),
            Quotes = string.Join(',', query["quotes"].ToString()
                .Split([' ', ',', ';', '+'], StringSplitOptions.RemoveEmptyEntries).Select(MinorUnits.InCapitals)),
        };

        string Text(string name, string usual) =>
            query[name] is [{ } first, ..] && first.Trim() is { Length: > 0 } text ? text : usual;
    }

    /// <summary>The keys of the chosen providers; empty where none, or all, are asked for.</summary>
    public IReadOnlyList<string> Chosen => Providers is "" or "all" ? [] : Providers.Split(',');

    /// <summary>The same question the other way round.</summary>
    public PageQuery Swapped => this with { From = To, To = From };

    /// <summary>The same question with another currency in one of its fields.</summary>
    /// <param name="field">from or to.</param>
    /// <param name="code">The currency.</param>
    public PageQuery With(string field, string code) => field == "from" ? this with { From = code } : this with { To = code };

    /// <summary>The same question of every provider, or again of the usual ones.</summary>
    public PageQuery WithProviders(string providers) => this with { Providers = providers };

    /// <summary>The address of the page that asks this, below the root; only what is not usual is named, and the pair.</summary>
    public string Address => "?" + LocalAnswers.Query(
        ("amount", Amount == "1" ? "" : Amount), ("from", From), ("to", To), ("date", Date), ("providers", Providers),
        ("select", Select == "median" ? "" : Select), ("policy", Policy), ("quotes", Quotes));

    /// <summary>The query of <c>/v1/convert</c> for this question.</summary>
    /// <param name="amount">The amount, read.</param>
    /// <param name="round">Decimal places; null for none given.</param>
    /// <remarks>What a policy chooses cannot be asked for besides it.</remarks>
    public string Conversion(string amount, string? round) => Policy.Length > 0
        ? LocalAnswers.Query(("from", From), ("to", To), ("amount", amount), ("policy", Policy), ("date", Date))
        : LocalAnswers.Query(
        ("from", From), ("to", To), ("amount", amount), ("providers", Providers), ("select", Select == "median" ? "" : Select),
        ("date", Date), ("round", round));

    /// <summary>The query of <c>/v1/rates</c> for the table.</summary>
    /// <param name="select">each, or how the column of combined rates is made.</param>
    public string Table(string select) => LocalAnswers.Query(
        ("base", TableBase), ("quotes", string.Join(',', TableQuotes)), ("providers", Providers),
        ("select", select == "each" ? "" : select), ("date", Date));

    /// <summary>The base of the table: of GBX it is GBP.</summary>
    public string TableBase => WholeCurrency(From);

    /// <summary>The rows of the table: the currency that is converted to comes first, if it is one.</summary>
    public IReadOnlyList<string> TableQuotes => Quotes.Length > 0
        ? [.. Quotes.Split(',').Distinct(StringComparer.Ordinal)]
        :
        [
            .. Usual.Prepend(WholeCurrency(To)).Where(code => code != TableBase && CurrencyValues.Find(code) is not null)
                .Distinct(StringComparer.Ordinal),
        ];

    private static string WholeCurrency(string code) => MinorUnits.Find(code) is { } unit ? unit.Currency.Code
        : MinorUnits.InCapitals(code);
}
