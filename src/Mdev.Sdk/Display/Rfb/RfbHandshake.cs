using System.Security.Cryptography;
using System.Text;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// From a connection to a viewer that may look: versions, security, and its wish to begin. Source: RFC 6143, sections 7.1 to 7.3.1.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="password">What the viewer has to know; <see langword="null"/> for nothing.</param>
internal sealed class RfbHandshake(RfbStream stream, VncPassword? password)
{
    private const byte NoSecurity = 1, VncAuthentication = 2;
    private const uint Ok = 0, Failed = 1;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private byte Security => password is null ? NoSecurity : VncAuthentication;

    /// <summary>Holds it.</summary>
    /// <param name="cancel">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="RfbException">The viewer sent something else, took too long, or does not know the password.</exception>
    /// <exception cref="EndOfStreamException">It is gone.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It is gone, too.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(s_deadline);
        try
        {
            await stream.SendAsync("RFB 003.008\n"u8.ToArray(), deadline.Token).ConfigureAwait(false);
            int minor = MinorOf((await stream.ReadAsync(12, deadline.Token).ConfigureAwait(false)).Span);
            await AgreeAsync(minor, deadline.Token).ConfigureAwait(false);
            if (password is not null)
                await AuthenticateAsync(password, minor, deadline).ConfigureAwait(false);
            else if (minor == 8)
                await stream.SendAsync(Ok, deadline.Token).ConfigureAwait(false);

            // Whether it wants others to stay: they do. One viewer turns no other away.
            await stream.ReadAsync(1, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new RfbException("has not finished the handshake in time");
        }
    }

    // Of what is neither 3.7 nor 3.8, all is taken as 3.3. Source: RFC 6143, section 7.1.1.
    private static int MinorOf(ReadOnlySpan<byte> version)
    {
        if (!version.StartsWith("RFB "u8) || version[7] != '.' || version[11] != '\n'
            || version[4..7].ContainsAnyExceptInRange((byte)'0', (byte)'9') || version[8..11].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            throw new RfbException("speaks no RFB");
        return version.SequenceEqual("RFB 003.008\n"u8) ? 8 : version.SequenceEqual("RFB 003.007\n"u8) ? 7 : 3;
    }

    // Up to 3.3 the server decides; later it offers, of which there is one here.
    private async Task AgreeAsync(int minor, CancellationToken cancel)
    {
        if (minor == 3)
        {
            await stream.SendAsync((uint)Security, cancel).ConfigureAwait(false);
            return;
        }

        await stream.SendAsync(new byte[] { 1, Security }, cancel).ConfigureAwait(false);
        byte chosen = (await stream.ReadAsync(1, cancel).ConfigureAwait(false)).Span[0];
        if (chosen != Security)
            throw new RfbException("chose a security type that was not offered");
    }

    private async Task AuthenticateAsync(VncPassword wanted, int minor, CancellationTokenSource deadline)
    {
        byte[] challenge = RandomNumberGenerator.GetBytes(VncPassword.ChallengeSize);
        await stream.SendAsync(challenge, deadline.Token).ConfigureAwait(false);
        ReadOnlyMemory<byte> answer = await stream.ReadAsync(challenge.Length, deadline.Token).ConfigureAwait(false);
        if (wanted.Delay() is { Ticks: > 0 } delay)
        {
            deadline.CancelAfter(s_deadline + delay);
            await Task.Delay(delay, deadline.Token).ConfigureAwait(false);
        }
        if (wanted.Accepts(challenge, answer.Span))
        {
            await stream.SendAsync(Ok, deadline.Token).ConfigureAwait(false);
            return;
        }

        await stream.SendAsync(Failed, deadline.Token).ConfigureAwait(false);
        if (minor == 8)
        {
            byte[] reason = Encoding.ASCII.GetBytes("The password is wrong.");
            await stream.SendAsync((uint)reason.Length, deadline.Token).ConfigureAwait(false);
            await stream.SendAsync(reason, deadline.Token).ConfigureAwait(false);
        }
        throw new RfbException("does not know the password");
    }
}
