using Rates.Core;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Rates.Worker;

/// <summary>Checks that each setting of <see cref="AlertOptions"/> is within its range.</summary>
[OptionsValidator]
internal sealed partial class AlertOptionsRangeValidator : IValidateOptions<AlertOptions>;

/// <summary>Checks the addresses and files of <see cref="AlertOptions"/>, which no range can express.</summary>
internal sealed class AlertOptionsValidator : IValidateOptions<AlertOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        string?[] problems =
        [
            .. options.Webhooks.Index().SelectMany(one => WebhookProblems($"{AlertOptions.Section}:Webhooks:{one.Index}", one.Item)),
            .. options.Mail.Server.Length > 0 ? MailProblems(options.Mail) : [],
        ];
        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    // An address may be a secret: it is not quoted.
    internal static IEnumerable<string?> WebhookProblems(string path, WebhookOptions webhook)
    {
        yield return Missing($"{path}:UrlFile", webhook.UrlFile);
        yield return Missing($"{path}:SecretFile", webhook.SecretFile);
        if (webhook.UrlFile.Length == 0)
        {
            yield return WebAddress.IsOne(webhook.Url) ? null : $"{path}:Url is not an address such as https://alerts.example/hook";
        }
        else if (webhook.Url.Length > 0)
        {
            yield return $"{path} has Url and UrlFile: set one of them";
        }
        else if (File.Exists(webhook.UrlFile) && !WebAddress.IsOne(File.ReadAllText(webhook.UrlFile).Trim()))
        {
            yield return $"{path}:UrlFile '{webhook.UrlFile}' does not hold an address such as https://alerts.example/hook";
        }
    }

    private static IEnumerable<string?> MailProblems(MailOptions mail)
    {
        const string Path = $"{AlertOptions.Section}:Mail";
        yield return mail.Port is > 0 and < 65_536 ? null : $"{Path}:Port '{mail.Port}' is not between 1 and 65535";
        yield return mail.Security is "starttls" or "tls" or "none"
            ? null
            : $"{Path}:Security '{mail.Security}' is neither starttls, tls nor none";
        yield return IsMailbox(mail.From) ? null : $"{Path}:From '{mail.From}' is not an e-mail address";
        yield return InternetAddressList.TryParse(mail.To, out var receivers) && receivers.Mailboxes.All(one => IsMailbox(one.Address))
            ? null
            : $"{Path}:To '{mail.To}' is not a list of e-mail addresses, separated by commas";
        yield return Missing($"{Path}:PasswordFile", mail.PasswordFile);
        yield return mail.User.Length > 0 && mail.PasswordFile.Length == 0 ? $"{Path}:User needs a PasswordFile" : null;
    }

    // A name without a domain is an address by the standard, and surely a mistake here.
    private static bool IsMailbox(string text) => MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address.Contains('@');

    private static string? Missing(string path, string file) =>
        file.Length == 0 || File.Exists(file) ? null : $"{path}: there is no file '{file}'";
}
