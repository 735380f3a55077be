using System.Globalization;
using Rates.Core;

namespace Rates.Providers;

/// <summary>What must hold in a provider's block.</summary>
internal static class ProviderBlockRules
{
    /// <summary>What is wrong with a block, one line each; none when it can be used.</summary>
    public static IEnumerable<string> Problems(ProviderBlock block)
    {
        if (block.Name.Length == 0)
        {
            yield return "Name is missing";
        }

        if (block.Read is not null && !block.IsDeclared)
        {
            yield return "Read is for declared providers: this one has an adapter";
        }

        if (block.Pivot.Length > 0 && !Currency.TryParse(block.Pivot, out _))
        {
            yield return $"Pivot '{block.Pivot}' is not a three-letter currency code";
        }

        foreach (var (name, address) in block.Address is null ? block.Addresses : block.Addresses.Append(new("Address", block.Address)))
        {
            if (address is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
            {
                yield return $"{name} '{WithoutUser(address)}' is not an absolute http or https address";
            }
        }

        foreach (var pair in block.Pairs.Where(pair => !CurrencyPair.TryParse(pair, out _)))
        {
            yield return $"Pairs holds '{pair}', which is not a pair such as EUR/USD";
        }

        foreach (var problem in LabelRule.Problems(block.Labels))
        {
            yield return problem;
        }

        foreach (var problem in block.Calendar.Validate())
        {
            yield return $"Calendar: {problem}";
        }

        if (block.DailyQuota < 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"DailyQuota {block.DailyQuota} is less than 0 requests a day");
        }

        if (block.QuotaZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(block.QuotaZone, out _))
        {
            yield return $"QuotaZone '{block.QuotaZone}' is not a time zone of this machine";
        }

        if (block.Lookback is < 0 or > 400)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Lookback {block.Lookback} is not between 0 and 400 days");
        }

        if (block.BackfillDays is < 1 or > 36_600)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"BackfillDays {block.BackfillDays} is not between 1 and 36600 days");
        }

        if (block.MaxBytes is < 1024 or > 64 << 20)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"MaxBytes {block.MaxBytes} is not between 1 KiB and 64 MiB");
        }
    }

    // What stands before the @ may be a password.
    private static string WithoutUser(Uri? address)
    {
        var text = $"{address}";
        var at = text.LastIndexOf('@');
        return at < 0 ? text : $"{text[..(text.IndexOf(':', StringComparison.Ordinal) + 1)]}//{text[(at + 1)..]}";
    }
}
