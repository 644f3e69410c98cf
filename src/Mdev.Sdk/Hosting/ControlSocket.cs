using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Mdev.Sdk.VfioUser;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// Publishes a parent in the runtime directory and takes commands there, a line each: <c>types</c>, <c>list</c>,
/// <c>create TYPE [UUID]</c>, <c>remove UUID</c>. The answer ends with a line <c>ok</c>, or is one line
/// <c>error ERRNO NAME SENTENCE</c>.
/// </summary>
internal sealed class ControlSocket : IDisposable
{
    // The longest command is a type and a UUID.
    private const int MaxLine = 256;

    private readonly MdevHost _host;
    private readonly SocketFile _file;
    private readonly AcceptLoop _accepting;

    /// <exception cref="IOException">Another process has published a parent of this name.</exception>
    public ControlSocket(MdevHost host)
    {
        _host = host;
        Path = RuntimeDirectory.ControlOf(host.Parent);
        _file = SocketFile.Listen(Path);
        _accepting = new AcceptLoop(_file.Socket, AdmitAsync, reason => HostLog.ControlFailed(host.Logger, Path, reason));
        _accepting.Start();
    }

    public string Path { get; }

    public void Dispose()
    {
        _file.Dispose();
        _accepting.Dispose();
    }

    private Task AdmitAsync(Socket client, CancellationToken stopping)
    {
        _ = TalkAsync(client, stopping);
        return Task.CompletedTask;
    }

    private async Task TalkAsync(Socket client, CancellationToken stopping)
    {
        using (client)
        {
            byte[] line = new byte[MaxLine];
            int length = 0;
            try
            {
                while (true)
                {
                    int received = await client.ReceiveAsync(line.AsMemory(length), stopping).ConfigureAwait(false);
                    if (received == 0)
                        return;
                    length += received;

                    int end;
                    while ((end = line.AsSpan(0, length).IndexOf((byte)'\n')) >= 0)
                    {
                        byte[] answer = Encoding.UTF8.GetBytes(Execute(Encoding.UTF8.GetString(line, 0, end)));
                        line.AsSpan(end + 1, length - end - 1).CopyTo(line);
                        length -= end + 1;
                        await client.SendAsync(answer, stopping).ConfigureAwait(false);
                    }

                    if (length == MaxLine)
                    {
                        string tooLong = Refusal(Errno.EINVAL, $"A command has less than {MaxLine} bytes.");
                        await client.SendAsync(Encoding.UTF8.GetBytes(tooLong), stopping).ConfigureAwait(false);
                        return;
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The tool has gone, or this process is going.
            }
        }
    }

    private string Execute(string line)
    {
        try
        {
            return line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) switch
            {
                ["types"] => Lines(_host.Parent.Types.Select(TypeLine)),
                ["list"] => Lines(_host.Instances.Select(i => $"{i.Uuid} {i.Type.Id} {i.Socket}")),
                ["create", var type] => Create(type, Guid.NewGuid()),
                ["create", var type, var uuid] => Create(type, Parse(uuid)),
                ["remove", var uuid] => Remove(Parse(uuid)),
                _ => throw new MdevException(Errno.EINVAL,
                    "The commands are types, list, create TYPE [UUID], remove UUID."),
            };
        }
        catch (MdevException e)
        {
            return Refusal(e.Error, e.Message);
        }
        catch (Exception e)
        {
            // What a vendor's constructor threw, or a socket that could not be made: the tool learns it, the process goes on.
            return Refusal(Errno.EIO, e.Message.ReplaceLineEndings(" "));
        }
    }

    private static string Refusal(Errno error, string message) =>
        string.Create(CultureInfo.InvariantCulture, $"error {(int)error} {error} {message}\n");

    private string Create(string type, Guid uuid)
    {
        MdevHost.Served served = _host.Create(_host.Bus.FindType(type), uuid, RuntimeDirectory.SocketOf(uuid));
        return Lines([$"{served.Uuid} {served.Type.Id} {served.Socket}"]);
    }

    private string Remove(Guid uuid)
    {
        _host.Remove(uuid);
        return Lines([]);
    }

    private static Guid Parse(string text) =>
        UuidText.TryParseExact(text, out Guid uuid)
            ? uuid
            : throw new MdevException(Errno.EINVAL, $"'{text}' is not a UUID in the form 8-4-4-4-12.");

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Append("ok").Select(l => l + "\n"));

    internal static string TypeLine(MdevType type) =>
        string.Create(CultureInfo.InvariantCulture, $"{type.Id} {type.AvailableInstances} {type.Parent.DeviceApi} {type.PrettyName}");
}
