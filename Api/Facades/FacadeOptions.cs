using Microsoft.Extensions.Options;
using Rates.Core;
using Rates.Settings;

namespace Rates.Api;

/// <summary>
/// Settings of the façades, the interfaces of other services that the Api answers as well: which are on, and which providers answer there.
/// Section <c>Rates:Api:Facades</c>.
/// </summary>
/// <remarks>
/// Each list has provider keys, in any case, in order of preference: every pair is answered by the first of them that has it, as
/// <c>/v1/rates?select=first</c> answers. An empty list means the one that ships.
/// </remarks>
[SettingsSection("Rates:Api:Facades")]
public sealed class FacadeOptions
{
    /// <summary>Names of façades that do not answer: the first part of their paths, such as <c>fixer</c>. None unless set.</summary>
    public IList<string> Off { get; init; } = [];

    /// <summary>Providers of <c>/frankfurter</c>.</summary>
    /// <value>ecb unless set.</value>
    public IList<string> Frankfurter { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>Providers of <c>/oxr</c>.</summary>
    /// <value>ecb, erapi unless set.</value>
    public IList<string> Oxr { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>Providers of <c>/fixer</c>.</summary>
    /// <value>ecb, erapi unless set.</value>
    public IList<string> Fixer { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>Providers of <c>/exchangeratesapi</c>.</summary>
    /// <value>ecb, erapi unless set.</value>
    public IList<string> Exchangeratesapi { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>Providers of <c>/exchangerate-host</c>.</summary>
    /// <value>ecb, erapi unless set.</value>
    public IList<string> ExchangerateHost { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>Providers of <c>/currencyapi</c>.</summary>
    /// <value>ecb, erapi unless set.</value>
    public IList<string> Currencyapi { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>Providers of <c>/ecb</c>: files have one day for all figures, so only the first one that is known answers.</summary>
    /// <value>ecb unless set.</value>
    public IList<string> Ecb { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>The lists of providers, each with the name of its setting.</summary>
    internal IEnumerable<(string Setting, IList<string> Keys)> Lists =>
    [
        (NameOf(nameof(Frankfurter)), Frankfurter), (NameOf(nameof(Oxr)), Oxr), (NameOf(nameof(Fixer)), Fixer),
        (NameOf(nameof(Exchangeratesapi)), Exchangeratesapi), (NameOf(nameof(ExchangerateHost)), ExchangerateHost),
        (NameOf(nameof(Currencyapi)), Currencyapi), (NameOf(nameof(Ecb)), Ecb),
    ];

    /// <summary>Whether a façade answers.</summary>
    /// <param name="name">The first part of its paths.</param>
    internal bool Has(string name) => !Off.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The full name of a setting.</summary>
    /// <param name="property">The name of its property.</param>
    internal static string NameOf(string property) => $"Rates:Api:Facades:{property}";
}

/// <summary>Checks the provider keys and façade names in <see cref="FacadeOptions"/>, which no range can express.</summary>
internal sealed class FacadeOptionsValidator : IValidateOptions<FacadeOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, FacadeOptions options)
    {
        string[] names = [.. Facades.All.Select(facade => facade.Name)];
        List<string> problems =
        [
            .. from off in options.Off
               where !names.Contains(off, StringComparer.OrdinalIgnoreCase)
               select $"{FacadeOptions.NameOf(nameof(options.Off))}: '{off}' is not a façade: {NearestName.Hint(off, names)}",
            .. from list in options.Lists
               from key in list.Keys
               where !ProviderKey.IsOne(key)
               select $"{list.Setting}: '{key}' is not a provider key: {ProviderKey.Form}",
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
