using Microsoft.Extensions.Options;
using Rates.Core;
using Rates.Settings;

namespace Rates.Api;

/// <summary>
/// Settings of the Api, such as the default providers, how often the store is checked, and the most open connections. Section
/// <c>Rates:Api</c>.
/// </summary>
[SettingsSection("Rates:Api", Inner = ["Facades", "Policies"])]
public sealed class ApiOptions
{
    /// <summary>Keys of the providers that answer when a query names none, in order of preference; read in any case.</summary>
    /// <value><c>all</c> alone for every provider; the list that ships unless set: ecb, nb, cnb, nbp, boc, rba, nbu, erapi.</value>
    public IList<string> DefaultProviders { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>How often the store is checked for changes, besides each time when it announces one.</summary>
    /// <value>100 ms to 1 minute; 1 second unless set. Up to a tenth is added or taken off at random.</value>
    [Between("00:00:00.100", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The shortest time between two disk copies of the rates that are served.</summary>
    /// <value>1 second to 1 hour; 5 seconds unless set.</value>
    [Between("00:00:01", "01:00:00")]
    public TimeSpan DiskCopyInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The longest time that one stream of <c>/v1/events</c> stays open. A client connects again and goes on after the last event;
    /// so a stream that nobody reads ends, and another client can have one.
    /// </summary>
    /// <value>1 minute to 7 days; 1 hour unless set.</value>
    [Between("00:01:00", "7.00:00:00")]
    public TimeSpan LongestEventStream { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether <c>/mcp</c> answers assistants. Reads that are closed are closed there too.</summary>
    /// <value>true unless set.</value>
    public bool Mcp { get; set; } = true;

    /// <summary>The most open connections; further ones are refused.</summary>
    /// <value>1 to 1,000,000; 5,000 unless set.</value>
    [Between(1, 1_000_000)]
    public int MaxConnections { get; set; } = 5_000;

    /// <summary>The most webhooks that operators set; those in the settings of the workers do not count.</summary>
    /// <value>0 to 10,000; 100 unless set.</value>
    [Between(0, 10_000)]
    public int MaxWebhooks { get; set; } = 100;
}

/// <summary>Checks that each setting of <see cref="ApiOptions"/> is within its range.</summary>
[OptionsValidator]
internal sealed partial class ApiOptionsRangeValidator : IValidateOptions<ApiOptions>;

/// <summary>Checks the provider keys in <see cref="ApiOptions"/>, which no range can express.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    private const string Setting = "Rates:Api:DefaultProviders";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> problems =
        [
            .. options.DefaultProviders.Where(key => !ProviderKey.IsOne(key))
                .Select(key => $"{Setting}: '{key}' is not a provider key: {ProviderKey.Form}"),
        ];
        if (options.DefaultProviders.Count > RatesLimits.Providers)
        {
            problems.Add(
                $"{Setting} names {options.DefaultProviders.Count} providers, at most {RatesLimits.Providers} are answered at once");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
