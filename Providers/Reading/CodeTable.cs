using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Finds currencies by the names or numbers that a source uses in place of currency codes. Upper and lower case are the same.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "enumerable to be written as a collection")]
internal sealed class CodeTable : IEnumerable<string>
{
    private readonly Dictionary<string, Currency> _currencies = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets the three-letter code of a label.</summary>
    public string this[string label]
    {
        set => _currencies.Add(label, Currency.Parse(value));
    }

    /// <summary>The currency that the source calls so; blanks around the label do not count.</summary>
    /// <exception cref="FormatException">The table does not have the label.</exception>
    public Currency Find(string label) => _currencies.TryGetValue(label.Trim(), out var currency)
        ? currency
        : throw new FormatException($"'{label.Trim()}' is not a known currency of this source: add it to the table of its adapter");

    /// <summary>The currency that the source calls so; a label that the table does not have must be a three-letter code itself.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public Currency FindOrParse(string label) =>
        _currencies.TryGetValue(label.Trim(), out var currency) ? currency : Currency.Parse(label.Trim());

    /// <summary>True when the table has the label.</summary>
    public bool Has(string label) => _currencies.ContainsKey(label.Trim());

    /// <summary>The labels, in the order of the table.</summary>
    public IEnumerator<string> GetEnumerator() => _currencies.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
