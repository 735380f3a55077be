namespace Rates.Store;

/// <summary>
/// A store engine, Redis or SQLite: implements all the store's interfaces, for rates, history, schedules, providers, fetches, quotas,
/// refused publications and workers.
/// </summary>
internal interface IRateStore
    : ISheetReader, IClaims, IQuotas, IHistory, ISchedules, IProviders, IRuns, IQuarantine, IWorkers, IArchive, IStoreCheck,
        IAsyncDisposable
{
    /// <summary>Operators' documents and the record of changes.</summary>
    IOperatorDocuments Documents { get; }
}
