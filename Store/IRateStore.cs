namespace Rates.Store;

/// <summary>An engine: everything that readers, workers and operators need of the one store.</summary>
internal interface IRateStore : IRateReader, IRateWriter, IScheduleBook, IStoreCheck, IAsyncDisposable
{
    /// <summary>What operators set at run time.</summary>
    IDocumentBook Documents { get; }
}
