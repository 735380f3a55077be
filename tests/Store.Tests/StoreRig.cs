namespace Rates.Store.Tests;

/// <summary>One store of an engine, with ways to do to it what its own interface never would.</summary>
public abstract class StoreRig : IAsyncDisposable
{
    /// <summary>The store under test.</summary>
    internal abstract IRateStore Store { get; }

    /// <summary>The same store as another process sees it.</summary>
    internal abstract IRateStore Another();

    /// <summary>Writes a field of a provider's fetch record as a wrong clock would have left it.</summary>
    public abstract Task MarkAsync(string provider, string field, long milliseconds);

    /// <summary>Puts any values in place of a provider's count of requests.</summary>
    public abstract Task PlantQuotaAsync(string provider, string used, long until);

    /// <summary>Puts any text in place of a stored sheet.</summary>
    public abstract Task PlantSheetAsync(string provider, string payload);

    /// <summary>A stored sheet as it stands; null for none.</summary>
    public abstract Task<string?> SheetTextAsync(string provider);

    /// <summary>The projection for dashboards.</summary>
    public abstract Task<IReadOnlyDictionary<string, string>> LatestAsync(string provider);

    /// <summary>Puts any text in place of a stored definition.</summary>
    public abstract Task PlantDefinitionAsync(string provider, string definition);

    /// <summary>A stored definition's text as it stands; null for none.</summary>
    public abstract Task<string?> DefinitionTextAsync(string provider);

    /// <summary>Puts JSON text in place of a stored day, as releases up to 0.2 stored it.</summary>
    public abstract Task PlantDayAsync(string provider, DateOnly day, string figures);

    /// <summary>Puts any bytes in place of a stored day.</summary>
    public abstract Task PlantDayAsync(string provider, DateOnly day, byte[] stored);

    /// <summary>A stored day as it stands; null for none.</summary>
    public abstract Task<byte[]?> StoredDayAsync(string provider, DateOnly day);

    /// <summary>A stored day as JSON; null for none.</summary>
    public async Task<string?> DayTextAsync(string provider, DateOnly day) =>
        await StoredDayAsync(provider, day) is { } stored ? DayForm.Parse(day, stored)!.ToJson() : null;

    /// <summary>The audit trail, oldest first.</summary>
    public abstract Task<IReadOnlyList<AuditRow>> AuditAsync();

    /// <summary>Puts a worker's last beat into the past.</summary>
    public abstract Task SilenceAsync(string worker, TimeSpan ago);

    /// <summary>Loses every key.</summary>
    public abstract Task WipeAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>An operator's change as recorded.</summary>
public sealed record AuditRow(string Provider, string By, string From, string To);
