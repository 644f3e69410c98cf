using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mdev.Sdk.Management.Control;

/// <summary>The lines that go to one tool.</summary>
/// <param name="client">The tool's connection.</param>
/// <param name="cancel">The tool has gone, or this process is going.</param>
internal sealed class ControlAnswers(Socket client, CancellationToken cancel)
{
    // A tool that somebody has stopped must not hold its connection for ever: there is a limited number of them.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>One item of a stream: <c>{"item":…}</c>.</summary>
    public Task ItemAsync<T>(T item, JsonTypeInfo<T> type) => SendAsync("item", item, type);

    /// <summary>The last line of an answer: <c>{"return":…}</c>.</summary>
    public Task ReturnAsync<T>(T answer, JsonTypeInfo<T> type) => SendAsync("return", answer, type);

    /// <summary>The last line of an answer too: <c>{"error":{"number":…,"name":…,"message":…}}</c>.</summary>
    public Task FailAsync(Errno error, string message) =>
        SendAsync("error", new ControlError((int)error, error.ToString(), message.ReplaceLineEndings(" ")), ControlJson.Default.ControlError);

    /// <summary>Bytes behind an answer's line, which has said how many.</summary>
    public async Task BytesAsync(ReadOnlyMemory<byte> bytes)
    {
        // A deadline for each piece: many bytes take their time.
        const int Piece = 1 << 20;
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(Piece, bytes.Length)..])
            await SendAsync(bytes[..Math.Min(Piece, bytes.Length)]).ConfigureAwait(false);
    }

    private async Task SendAsync<T>(string member, T value, JsonTypeInfo<T> type)
    {
        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(member);
            JsonSerializer.Serialize(writer, value, type);
            writer.WriteEndObject();
        }
        _line.Write("\n"u8);

        await SendAsync(_line.WrittenMemory).ConfigureAwait(false);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> rest)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(s_patience);
        while (!rest.IsEmpty)
            rest = rest[await client.SendAsync(rest, deadline.Token).ConfigureAwait(false)..];
    }
}
