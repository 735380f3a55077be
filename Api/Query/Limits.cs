namespace Rates.Api;

/// <summary>What one request may ask for. A request past one of them is refused with the limit named.</summary>
internal static class Limits
{
    /// <summary>Characters of a query.</summary>
    public const int QueryLength = 4096;

    /// <summary>Quotes after doubles are dropped.</summary>
    public const int Quotes = 200;

    /// <summary>Providers after doubles are dropped.</summary>
    public const int Providers = 200;

    /// <summary>Rows of one conversion.</summary>
    public const int Rows = 1000;

    /// <summary>Bytes of a body.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Days x providers x quotes of one history.</summary>
    public const int HistoryCells = 200_000;

    /// <summary>How far before the day asked for an observation may lie, in days.</summary>
    public const int LookBackDays = 14;

    /// <summary>How far after today a day asked for may lie: some publish the figures of a coming day.</summary>
    public const int LookAheadDays = 7;

    /// <summary>Clients that follow events at once.</summary>
    public const int Followers = 200;
}
