namespace Rates.Channels;

/// <summary>One open transport.</summary>
internal interface IChannel
{
    /// <summary>
    /// Opens the transport, calls <see cref="ChannelRecord.Opened"/>, and answers until it is cancelled. It closes what it opened before
    /// it returns. Any exception means that the transport failed: it is opened again after a pause.
    /// </summary>
    Task RunAsync(CancellationToken cancellationToken);
}
