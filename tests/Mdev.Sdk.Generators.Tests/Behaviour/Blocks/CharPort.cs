namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A register block with a character device, whose calls take their time.</summary>
[RegisterBlock(4)]
[CharDevice("port")]
public sealed partial class CharPort
{
    private readonly TaskCompletionSource<int> _data = new();

    [Register(0)] public partial uint Data { get; set; }

    [OnWrite(nameof(Data))] private void DataWritten(uint value) => _data.TrySetResult((int)value);

    [OnCharRead]
    private async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken interrupted)
    {
        int value = await _data.Task.WaitAsync(interrupted);
        destination.Span[0] = (byte)value;
        return 1;
    }

    [OnCharPoll] private PollEvents Poll() => _data.Task.IsCompleted ? PollEvents.In : PollEvents.None;

    [OnCharWrite] private static ValueTask<int> WriteAsync(CharFile file, ReadOnlyMemory<byte> source, CancellationToken interrupted) => new(file.IsNonBlocking ? CharFile.WouldBlock : source.Length);
}
