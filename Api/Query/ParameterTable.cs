namespace Rates.Api;

/// <summary>One query parameter, for the parser and for the OpenAPI document alike.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Name">Its name in the query.</param>
/// <param name="Description">For people.</param>
/// <param name="Example">A value it may have; null for none.</param>
/// <param name="Choices">The values it may have; empty when they are too many.</param>
internal sealed record ParameterRow(Parameters Parameter, string Name, string Description, string? Example, params IReadOnlyList<string> Choices);

/// <summary>Every query parameter.</summary>
internal static class ParameterTable
{
    private static readonly ParameterRow[] Rows =
    [
        new(Parameters.Base, "base", "Base currency: 1 base = rate quote. EUR unless given.", "EUR"),
        new(Parameters.Quotes, "quotes", $"Quote currencies, parted by commas, at most {Limits.Quotes}. All unless given.", "USD,GBP"),
        new(Parameters.FromCurrency, "from", "Currency to convert from.", "EUR"),
        new(Parameters.ToCurrency, "to", "Currency to convert to.", "USD"),
        new(Parameters.Amount, "amount", "Amount to convert, a decimal with a point. 1 unless given.", "100"),
        new(Parameters.FromDay, "from", "First day, included.", "2026-01-01"),
        new(Parameters.ToDay, "to", "Last day, included. Today unless given.", "2026-08-20"),
        new(Parameters.Group, "group", "The last figure of each ISO week or month instead of each day's.", null, "week", "month"),
        new(Parameters.Providers, "providers", $"Provider keys in order of preference, parted by commas, at most {Limits.Providers}; all for every one. The configured list unless given.", "ecb,boc"),
        new(Parameters.Select, "select", "Whether providers answer side by side or are combined.", null, "each", "first", "median", "mean", "consensus"),
        new(Parameters.Date, "date", $"A day: the newest observation on it or up to {Limits.LookBackDays} days before. The latest unless given.", "2026-08-20"),
        new(Parameters.Round, "round", "Decimal places of the result, half to even. At most 12 places unless given.", "2"),
        new(Parameters.Format, "format", "How the answer is written; goes before the Accept header.", null, "json", "csv", "xml", "ndjson"),
        new(Parameters.Numbers, "numbers", "Whether rates and amounts are JSON numbers or strings.", null, "number", "string"),
    ];

    /// <summary>The rows of a set, in a fixed order.</summary>
    public static IEnumerable<ParameterRow> Of(Parameters allowed) => Rows.Where(row => (row.Parameter & allowed) != Parameters.None);

    /// <summary>The names of a set, for people.</summary>
    public static string Names(Parameters allowed) => allowed == Parameters.None ? "none" : string.Join(", ", Of(allowed).Select(row => row.Name));

    /// <summary>The parameter of that name in a set; none when there is none.</summary>
    public static Parameters Named(ReadOnlySpan<char> name, Parameters allowed)
    {
        foreach (var row in Rows)
        {
            if ((row.Parameter & allowed) != Parameters.None && name.SequenceEqual(row.Name))
            {
                return row.Parameter;
            }
        }

        return Parameters.None;
    }
}
