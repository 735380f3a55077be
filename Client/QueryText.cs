using System.Globalization;
using System.Text;

namespace Rates.Client;

/// <summary>Builds the query part of a request's address; parameters without a value are left out.</summary>
internal sealed class QueryText(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    public QueryText Add(string name, string? value)
    {
        // Left out, it would mean the service's own choice: an empty field of a form would convert euros.
        if (value is { Length: 0 })
        {
            throw new ArgumentException($"'{name}' is an empty text; to leave the choice to the service it must be null", nameof(value));
        }

        if (value is not null)
        {
            _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _separator = '&';
        }

        return this;
    }

    public QueryText Add(string name, IReadOnlyList<string> values) => values.Contains("")
        ? throw new ArgumentException(
            $"There is an empty text among '{name}'; an empty list leaves the choice to the service", nameof(values))
        : Add(name, values.Count > 0 ? string.Join(',', values) : null);

    public QueryText Add(string name, DateOnly? day) => Add(name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public QueryText Add(string name, DateTimeOffset? instant) =>
        Add(name, instant?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));

    public QueryText Add(string name, Selection? select) => Add(name, select switch
    {
        null => null,
        Selection.First => "first",
        Selection.Median => "median",
        Selection.Mean => "mean",
        Selection.Consensus => "consensus",
        _ => throw new ArgumentOutOfRangeException(nameof(select), select, "It is no known selection"),
    });

    public override string ToString() => _text.ToString();
}
