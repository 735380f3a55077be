using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Rates.Api;

/// <summary>
/// Remembers for five minutes which credentials of requests were correct, because hashing a password takes a good part of a second. They
/// are kept under an HMAC with a key of this process, so that memory holds no password. Wrong ones are not remembered.
/// </summary>
internal sealed class VerifiedCredentials(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private volatile ConcurrentDictionary<string, (Caller Caller, long Mark)> _callers = new(StringComparer.Ordinal);

    /// <summary>Who sent such credentials; null when they are not known to be right.</summary>
    public Caller? Find(string credentials) =>
        _callers.TryGetValue(Print(credentials), out var known) && time.GetElapsedTime(known.Mark) < Kept ? known.Caller : null;

    /// <summary>What is remembered now. Adding to it after <see cref="Forget"/> has no effect, so that no change is missed.</summary>
    public object Generation => _callers;

    /// <summary>Remembers credentials that were checked against what was in force at <paramref name="generation"/>.</summary>
    public void Add(object generation, string credentials, Caller caller)
    {
        var callers = (ConcurrentDictionary<string, (Caller, long)>)generation;
        if (callers.Count >= Most)
        {
            callers.Clear();
        }

        callers[Print(credentials)] = (caller, time.GetTimestamp());
    }

    /// <summary>Forgets all of them: users or keys changed.</summary>
    public void Forget() => _callers = new(StringComparer.Ordinal);

    private string Print(string credentials) => Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(credentials)));
}
