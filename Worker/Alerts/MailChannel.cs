using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Rates.Worker;

/// <summary>Sends alerts about providers by e-mail.</summary>
internal sealed class MailChannel(MailOptions options) : IAlertChannel
{
    /// <inheritdoc/>
    public string Name => "mail";

    /// <inheritdoc/>
    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        using var mail = Write(message);
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(options.Server, options.Port, Security(), cancellationToken);
            if (options.User.Length > 0)
            {
                var password = (await File.ReadAllTextAsync(options.PasswordFile, cancellationToken)).Trim();
                await client.AuthenticateAsync(options.User, password, cancellationToken);
            }

            await client.SendAsync(mail, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception problem) when (
            problem is CommandException or ProtocolException or AuthenticationException or SslHandshakeException
                or NotSupportedException or SocketException or IOException or UnauthorizedAccessException)
        {
            throw new AlertException($"{options.Server}: {problem.Message.Split('\n')[0].Trim()}", problem);
        }
    }

    private MimeMessage Write(AlertMessage message)
    {
        var mail = new MimeMessage { Subject = message.Subject, Date = message.At, MessageId = $"{message.Id}@rates.invalid" };
        mail.From.Add(MailboxAddress.Parse(options.From));
        mail.To.AddRange(InternetAddressList.Parse(options.To));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Body = new TextPart("plain") { Text = message.Text };
        return mail;
    }

    private SecureSocketOptions Security() => options.Security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
