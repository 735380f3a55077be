namespace Rates.Store;

/// <summary>Everything that one engine (Redis or SQLite) implements.</summary>
internal interface IRateStore
    : ISheetReader, IClaims, IHistory, ISchedules, IProviders, IRuns, IQuarantine, IWorkers, IStoreCheck, IAsyncDisposable
{
    /// <summary>Operators' documents and the record of changes.</summary>
    IDocumentBook Documents { get; }
}
