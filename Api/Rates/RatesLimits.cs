using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// The limits on what one request for rates may ask for, such as the number of quotes. A request above a limit is refused, and the message
/// names the limit.
/// </summary>
internal static class RatesLimits
{
    /// <summary>Most quotes; a currency given twice counts once.</summary>
    public const int Quotes = 200;

    /// <summary>Most providers; a provider given twice counts once.</summary>
    public const int Providers = 200;

    /// <summary>How many days before a past day a figure may be, for a provider that publishes daily.</summary>
    public const int DailyLookBackDays = 14;

    /// <summary>How many days before a past day a figure may be: as long as a sheet would keep it.</summary>
    public static int LookBackDays(ProviderProfile profile) => profile switch
    {
        { Calendar.Cadence: not Cadence.None } => SheetMerge.MaxDaysBehind(profile.Calendar.Cadence),
        { HistoryUntil: not null } => DailyLookBackDays,
        _ => int.MaxValue,
    };

    /// <summary>How many days after today a requested day may be: some sources publish the figures of a coming day.</summary>
    public const int LookAheadDays = UnfetchedSheet.MostDaysAhead;
}
