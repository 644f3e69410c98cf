using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Management.Control;

/// <summary>One tool: takes a request, answers it, takes the next one.</summary>
internal sealed class ControlConnection(Socket client, IReadOnlyDictionary<string, ControlCommand> commands)
{
    /// <summary>The longest request in bytes, its new line included: a vendor's whole configuration is some hundred.</summary>
    public const int MaxLine = 64 * 1024;

    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(200);

    private readonly byte[] _line = new byte[MaxLine];
    private int _length;

    /// <summary>Serves the tool until it goes away.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var answers = new ControlAnswers(client, stopping);
        while (await ReadLineAsync(stopping).ConfigureAwait(false) is { } length)
        {
            if (length < 0)
            {
                // What follows is the middle of something: there is no next request to be found in it.
                await answers.FailAsync(Errno.E2BIG, $"A request has at most {MaxLine} bytes.").ConfigureAwait(false);
                return;
            }

            // Not the line's own memory, on which the next one is put.
            string line = Encoding.UTF8.GetString(_line, 0, length);
            _line.AsSpan(length + 1, _length - length - 1).CopyTo(_line);
            _length -= length + 1;
            await ExecuteAsync(line, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the tool to come back later.</summary>
    public Task RefuseAsync(int limit, CancellationToken stopping) => new ControlAnswers(client, stopping)
        .FailAsync(Errno.EAGAIN, $"{limit} tools are connected to this host process; end one of them.");

    // The length of the line that stands first; negative if it is too long; null when no more comes.
    private async Task<int?> ReadLineAsync(CancellationToken stopping)
    {
        while (true)
        {
            int end = _line.AsSpan(0, _length).IndexOf((byte)'\n');
            if (end >= 0)
                return end;
            if (_length == MaxLine)
                return -1;
            int received = await client.ReceiveAsync(_line.AsMemory(_length), stopping).ConfigureAwait(false);
            if (received == 0)
                return null;
            _length += received;
        }
    }

    private async Task ExecuteAsync(string line, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var answers = new ControlAnswers(client, gone.Token);
        try
        {
            (ControlCommand command, JsonElement? arguments) = Parse(line);

            // The end of its requests is not yet the end of the tool (shutdown(2) of one direction): only its hanging up is.
            var watch = new Timer(_ => CancelIfGone(gone), null, s_glance, s_glance);
            await using (watch.ConfigureAwait(false))
                await command.RunAsync(arguments, answers, gone.Token).ConfigureAwait(false);
        }
        catch (MdevException e)
        {
            await answers.FailAsync(e.Error, e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            throw;
        }
        catch (Exception e)
        {
            // What a vendor's code threw, or a socket that could not be made: the tool learns it, the process goes on.
            await answers.FailAsync(FileErrors.Of(e), e.Message).ConfigureAwait(false);
        }
    }

    private (ControlCommand Command, JsonElement? Arguments) Parse(string line)
    {
        ControlRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest);
        }
        catch (JsonException e)
        {
            throw new MdevException(Errno.EINVAL,
                $"A request is {{\"command\":\"NAME\",\"arguments\":{{…}}}}: {e.Message.Split(" LineNumber:")[0]}");
        }
        if (request?.Command is not { } name || !commands.TryGetValue(name, out ControlCommand? command))
        {
            throw new MdevException(Errno.EINVAL,
                $"There is no command '{request?.Command}' here; the commands are {string.Join(", ", commands.Keys.Order(StringComparer.Ordinal))}.");
        }
        return (command, request.Arguments);
    }

    private void CancelIfGone(CancellationTokenSource gone)
    {
        try
        {
            if (UnixSocket.HasHungUp((int)client.Handle))
                gone.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Both are over.
        }
    }
}
