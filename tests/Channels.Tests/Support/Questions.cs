namespace Rates.Channels.Tests;

/// <summary>One request: the operation and its parameters.</summary>
internal sealed record Question(string Operation, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private static readonly string[] InPath = ["base", "quote"];

    /// <summary>The parameters as a query, without those that HTTP has in the path where <paramref name="isHttp"/>.</summary>
    public string Query(bool isHttp = false) => string.Join('&', Parameters
        .Where(parameter => !isHttp || Operation != "pair" || !InPath.Contains(parameter.Key))
        .Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));

    /// <summary>The address over HTTP.</summary>
    public string Address => Operation switch
    {
        "pair" => $"/v1/rates/{Of("base")}/{Of("quote")}?{Query(isHttp: true)}",
        _ => $"/v1/{Operation}?{Query()}",
    };

    public string Of(string name) => Parameters.FirstOrDefault(parameter => parameter.Key == name).Value ?? "";

    public Question With(string name, string value) => this with { Parameters = [.. Parameters, new(name, value)] };

    public override string ToString() => $"{Operation} {Query()}";
}

/// <summary>Random requests, the same each time. Some of them have no answer but a problem.</summary>
internal static class Questions
{
    private const int Count = 100;

    public static IReadOnlyList<Question> All { get; } = Make(new(20261126));

    private static List<Question> Make(Random random) => [.. Enumerable.Range(0, Count).Select(_ => One(random))];

    private static Question One(Random random)
    {
        var operation = Pick(random, "rates", "rates", "pair", "convert", "convert", "history", "providers", "currencies");
        (string Name, string Value)[] parameters = operation switch
        {
            "rates" =>
            [
                ("base", Pick(random, "EUR", "USD", "GBP", "JPY", "AED", "XXX")),
                ("quotes", Pick(random, "", "USD", "EUR,GBP", "JPY,AED,CAD")),
                ("providers", Pick(random, "", "ecb", "ecb,erapi", "boc,ecb", "nobody")),
                ("select", Pick(random, "", "each", "first", "median", "mean", "consensus")),
                ("date", Pick(random, "", "2026-08-20", "2026-08-19", "2026-08-15")),
            ],
            "pair" =>
            [
                ("base", Pick(random, "EUR", "USD", "GBP", "AED")), ("quote", Pick(random, "USD", "JPY", "CAD", "GBP")),
                ("providers", Pick(random, "", "ecb", "erapi,ecb")), ("date", Pick(random, "", "2026-08-18")),
            ],
            "convert" =>
            [
                ("from", Pick(random, "EUR", "USD", "GBX")), ("to", Pick(random, "USD", "JPY", "GBP", "CAD")),
                ("amount", Pick(random, "1", "100", "1234.5678", "0.000001", "ten")),
                ("select", Pick(random, "", "first", "mean", "each")), ("round", Pick(random, "", "2", "minor")),
            ],
            "history" =>
            [
                ("base", Pick(random, "", "EUR", "GBP")), ("quotes", Pick(random, "USD", "USD,GBP,ILS")), ("from", "2026-08-12"),
                ("to", Pick(random, "2026-08-20", "2026-08-17")), ("group", Pick(random, "", "week", "month")),
                ("providers", Pick(random, "ecb", "ecb,boc")), ("select", Pick(random, "", "first", "median", "mean", "consensus")),
            ],
            _ => [],
        };
        return new(operation, [.. parameters.Where(one => one.Value.Length > 0).Select(one => KeyValuePair.Create(one.Name, one.Value))]);
    }

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}
