using Amqp;
using Amqp.Framing;

namespace Rates.Channels;

/// <summary>Tells when the broker has taken a link to an address, or refused it.</summary>
internal sealed class AmqpAttach(string address)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>To be called when the broker has taken the link. One that it refuses is taken without an address, and closed.</summary>
    public void OnAttached(ILink link, Attach attach)
    {
        if ((attach.Source as Source)?.Address is not null || (attach.Target as Target)?.Address is not null)
        {
            _attached.TrySetResult();
        }
    }

    /// <summary>To be called when the link is closed.</summary>
    public void OnClosed(IAmqpObject link, Error? error) => _attached.TrySetException(
        new IOException($"The broker does not take the address '{address}': {error?.Description ?? error?.Condition ?? "no reason"}"));

    /// <summary>Waits for either.</summary>
    /// <exception cref="IOException">The broker refused it.</exception>
    /// <exception cref="TimeoutException">There was no answer.</exception>
    public Task WaitAsync(TimeProvider time, CancellationToken cancellationToken) =>
        _attached.Task.WaitAsync(Longest, time, cancellationToken);
}
