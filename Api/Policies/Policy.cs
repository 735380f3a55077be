using Rates.Core;

namespace Rates.Api;

/// <summary>
/// A named choice of providers, how they are combined, day and rounding, made in the settings, so that a request need only name it.
/// </summary>
/// <param name="Name">Its name in queries, lower case.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Basis">Address of the rule or the source that it follows, of http or https; empty for none.</param>
/// <param name="Providers">Keys of its providers, in order of preference; empty for all that blends use by default.</param>
/// <param name="Select">How they are combined; never <see cref="Selection.Each"/>.</param>
/// <param name="Day">Which day's figure it takes.</param>
/// <param name="Rounding">How it rounds the result of a conversion; null where it leaves that to the request.</param>
internal sealed record Policy(
    string Name, string Title, string Basis, IReadOnlyList<string> Providers, Selection Select, DayRule Day, ResultRounding? Rounding)
{
    /// <summary>The rule that gives a figure of a requested day, as answers state it.</summary>
    public string RuleFor(DateOnly day) => $"{Name}: {Day.Describe(day)}";

    /// <summary>Makes a policy of its settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">Where the settings are, for messages.</param>
    /// <param name="block">The settings.</param>
    /// <exception cref="ProblemException">A setting cannot be used; the message names it.</exception>
    public static Policy Of(string name, string path, PolicyBlock block)
    {
        if (block.Providers.FirstOrDefault(key => !ProviderKey.IsOne(key)) is { } bad)
        {
            throw ProblemException.BadValue($"{path}:Providers", bad, $"is not a provider key: {ProviderKey.Form}");
        }

        if (block.Providers.Count > RatesLimits.Providers)
        {
            throw ProblemException.BadParameter(
                $"{path}:Providers", $"{block.Providers.Count} are named, at most {RatesLimits.Providers} are answered at once");
        }

        var select = CurrencyValues.Select($"{path}:Select", block.Select);
        if (select == Selection.Each || (select == Selection.First && block.Providers.Count == 0))
        {
            throw ProblemException.BadValue(
                $"{path}:Select", block.Select,
                select == Selection.Each ? "gives no single figure; choose first, median, mean or consensus" : "needs providers");
        }

        // Whoever shows the list makes a link of it.
        if (block.Basis.Length > 0 && !WebAddress.IsOne(block.Basis))
        {
            throw ProblemException.BadValue($"{path}:Basis", block.Basis, "is not an address: it begins with https:// or http://");
        }

        if (block.Round.Length == 0 && block.Rounding.Length > 0)
        {
            throw ProblemException.BadValue($"{path}:Rounding", block.Rounding, "needs Round");
        }

        return new(
            name, block.Title, block.Basis, [.. block.Providers], select,
            DayRules.Parse($"{path}:Day", block.Day),
            block.Round.Length == 0 ? null : ResultRounding.Parse(($"{path}:Round", block.Round), ($"{path}:Rounding", block.Rounding)));
    }
}
