using Rates.Store;

namespace Rates.Api;

/// <summary>Checks the credentials of a request and finds the user or API key that sent it.</summary>
internal sealed partial class Authenticator(
    AccessDirectory directory, VerifiedCredentials verified, AccessLimits limits, ClientAddress addresses, PasswordHasher hasher,
    TimeProvider time,
    ILogger<Authenticator> logger) : IDisposable
{
    // Each check of a password keeps a processor busy for a good part of a second: rates are answered meanwhile.
    private const int ChecksAtOnce = 1;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _checks = new(ChecksAtOnce, ChecksAtOnce);
    private readonly Lazy<string> _nobody = new(() => hasher.Hash("nobody has this password"));

    /// <summary>The caller that <paramref name="text"/> stands for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="text">From <see cref="Credentials.TextOf"/>.</param>
    /// <exception cref="ProblemException">
    /// 401, 403 for a password over an open line, 429 after too many failures, 503 while users are not known.
    /// </exception>
    public async ValueTask<Caller> IdentifyAsync(HttpContext context, string text)
    {
        if (Credentials.Parse(text) is not { } credentials)
        {
            throw Unauthorized(context, "Authorization cannot be read: use Basic, or Bearer with an API key");
        }

        if (credentials.User is not null && !addresses.IsSafeForPasswords(context))
        {
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "A password is not taken over plain HTTP from another machine: use HTTPS, declare the proxy that ends TLS in "
                + "Rates:Access:TrustedProxies, or use an API key");
        }

        if (verified.Find(text) is { } known && !HasExpired(known.Key))
        {
            return known;
        }

        var address = addresses.Of(context);
        if (await directory.FirstAsync(context.RequestAborted) is null)
        {
            throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable, "Users and keys are not known yet: the store has not been reached");
        }

        var caller = credentials.User is { } user
            ? await UserAsync(context, user, credentials.Secret, text, address)
            : Key(context, credentials.Secret, text, address);
        if (caller is null)
        {
            Log.Refused(logger, credentials.User is null ? "API key" : "user", Printable(credentials.Counted), address);
            throw Unauthorized(context, "The name, the password or the key is not right");
        }

        return caller;
    }

    /// <summary>401, which makes a browser ask for a name and a password.</summary>
    public static ProblemException Unauthorized(HttpContext context, string why)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Rates\", charset=\"UTF-8\"";
        return new(StatusCodes.Status401Unauthorized, why);
    }

    public void Dispose() => _checks.Dispose();

    // A name that nobody has costs as much time as a wrong password: an answer's time tells nothing.
    private async Task<Caller?> UserAsync(HttpContext context, string name, string password, string text, string address)
    {
        limits.CheckGuess(context, name, address);
        if (!await _checks.WaitAsync(LongestWait, context.RequestAborted))
        {
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "Too many passwords are being checked; try again");
        }

        try
        {
            // Of many requests that come at once, most have waited here while the first ones were checked: guesses that failed, or a
            // right password, which is checked once for all of them.
            limits.CheckGuess(context, name, address);
            if (verified.Find(text) is { } known)
            {
                return known;
            }

            var generation = verified.Generation;
            var user = directory.Current!.Users.GetValueOrDefault(name);
            var isRight = await Task.Run(() => hasher.Verify(password, user?.Value.Password ?? _nobody.Value), context.RequestAborted);
            if (isRight && user is not null)
            {
                return Remembered(generation, text, new(name, user.Value.Role, null, ByPassword: true, user.Revision));
            }

            limits.CountWrong(name, address);
            return null;
        }
        finally
        {
            _checks.Release();
        }
    }

    // A key is too long to be guessed. A right one is taken however many wrong ones were sent, so that nobody can shut its owner out.
    private Caller? Key(HttpContext context, string secret, string text, string address)
    {
        var generation = verified.Generation;
        if (KeyText.Parse(secret) is { } sent && directory.Current!.Keys.GetValueOrDefault(sent.Id) is { Value: var key } stored
            && sent.Matches(key.Digest) && !HasExpired(key))
        {
            return Remembered(
                generation, text, new($"{Caller.KeyPrefix}{sent.Id}", key.Role, key, ByPassword: false, stored.Revision));
        }

        limits.CheckGuess(context, null, address);
        limits.CountWrong(null, address);
        return null;
    }

    private Caller Remembered(object generation, string text, Caller caller)
    {
        verified.Add(generation, text, caller);
        return caller;
    }

    private bool HasExpired(AccessKey? key) => key?.ExpiresAt <= time.GetUtcNow();

    private static string Printable(string name) => string.Concat(name.Take(64).Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Wrong credentials of {Kind} '{Name}' from {Address}")]
        public static partial void Refused(ILogger logger, string kind, string name, string address);
    }
}
