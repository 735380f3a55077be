using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rates.Api;

/// <summary>The settings of the Api: section <c>Rates:Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Keys of the providers that answer when a query names none, in order of preference. Lower case.</summary>
    /// <value><c>all</c> alone for every provider; the list that ships unless set: ecb, nb, cnb, nbp, boc, rba, nbu, erapi.</value>
    public IList<string> DefaultProviders { get; init; } = [];

    /// <summary>How often the store is asked for changes, besides when it announces one.</summary>
    /// <value>100 ms to 1 minute; 1 second unless set. Up to a tenth is added or taken off at random.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The shortest time between two disk copies of the rates that are served.</summary>
    /// <value>1 second to 1 hour; 5 seconds unless set.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DiskCopyInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most open connections; further ones are refused.</summary>
    /// <value>1 to 1,000,000; 5,000 unless set.</value>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 5_000;
}

/// <summary>Checks each setting against its range.</summary>
[OptionsValidator]
internal sealed partial class ApiOptionsRanges : IValidateOptions<ApiOptions>;

/// <summary>Checks the provider keys, which no range can express.</summary>
internal sealed class ApiOptionsKeys : IValidateOptions<ApiOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ApiOptions options) =>
        options.DefaultProviders.FirstOrDefault(key => key.Length == 0 || key.AsSpan().ContainsAnyExcept(RateBook.KeyLetters)) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"Rates:Api:DefaultProviders: '{wrong}' is not a provider key: lower-case letters, digits, dash and underscore")
            : options.DefaultProviders.Count > RatesLimits.Providers
                ? ValidateOptionsResult.Fail(
                    $"Rates:Api:DefaultProviders names {options.DefaultProviders.Count} providers, at most {RatesLimits.Providers} are answered at once")
                : ValidateOptionsResult.Success;
}
