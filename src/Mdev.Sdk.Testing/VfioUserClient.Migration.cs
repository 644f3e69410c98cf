using System.Buffers;

namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const ushort MigrationDataRead = 17;
    private const ushort MigrationDataWrite = 18;
    private const int MigrationHead = 8;
    private const int LargestPiece = 1 << 20;

    /// <summary>Which migration states the device has: bit 0 STOP_COPY and RESUMING, bit 1 the peer to peer ones, bit 2 PRE_COPY.</summary>
    /// <exception cref="VfioException">The device cannot migrate.</exception>
    public ulong GetMigrationSupport()
    {
        Span<byte> data = stackalloc byte[8];
        Check(TryGetFeature(VfioFeature.Migration, [], data), "DEVICE_FEATURE MIGRATION");
        return ReadUInt64(data, 0);
    }

    /// <summary>The migration state the device is in.</summary>
    /// <exception cref="VfioException">The device cannot migrate.</exception>
    public VfioMigrationState GetMigrationState()
    {
        Span<byte> data = stackalloc byte[8];
        Check(TryGetFeature(VfioFeature.MigrationDeviceState, [], data), "DEVICE_FEATURE MIG_DEVICE_STATE");
        return (VfioMigrationState)ReadUInt32(data, 0);
    }

    /// <summary>Takes the device to another migration state.</summary>
    /// <param name="state">The state; any number.</param>
    /// <returns>None, or the errno of an error reply: then <see cref="GetMigrationState"/> says where it is.</returns>
    public Errno TrySetMigrationState(VfioMigrationState state)
    {
        Span<byte> data = stackalloc byte[8];
        WriteUInt32(data, 0, (uint)state);
        WriteUInt32(data, 4, 0);
        return TrySetFeature(VfioFeature.MigrationDeviceState, data);
    }

    /// <summary>Takes the device to another migration state.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="VfioException">The server refuses.</exception>
    public void SetMigrationState(VfioMigrationState state) =>
        Check(TrySetMigrationState(state), $"DEVICE_FEATURE MIG_DEVICE_STATE {state}");

    /// <summary>MIG_DATA_READ: the next bytes of the state of a device in STOP_COPY.</summary>
    /// <param name="destination">Receives at most its own length in bytes.</param>
    /// <param name="count">How many; fewer than asked for say that these were the last.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TryReadMigrationData(Span<byte> destination, out int count)
    {
        count = 0;
        Span<byte> payload = Begin(MigrationHead);
        WriteUInt32(payload, 0, (uint)(MigrationHead + destination.Length));
        WriteUInt32(payload, 4, (uint)destination.Length);
        Errno error = Call(MigrationDataRead, out ReadOnlySpan<byte> reply);
        if (error != Errno.None)
            return error;

        // What follows the size is meant to be that long; libvfio-user fills it up with zeros to what was asked for.
        Expect(reply.Length >= MigrationHead, "a MIG_DATA_READ reply is too short");
        uint size = ReadUInt32(reply, 4);
        Expect(size <= (uint)destination.Length && size <= (uint)(reply.Length - MigrationHead), "a MIG_DATA_READ reply has the wrong size");
        count = (int)size;
        reply.Slice(MigrationHead, count).CopyTo(destination);
        return Errno.None;
    }

    /// <summary>MIG_DATA_WRITE: the next bytes of the state for a device in RESUMING.</summary>
    /// <param name="source">The bytes; at most the server's max_data_xfer_size.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TryWriteMigrationData(ReadOnlySpan<byte> source)
    {
        Span<byte> payload = Begin(MigrationHead + source.Length);
        WriteUInt32(payload, 0, (uint)payload.Length);
        WriteUInt32(payload, 4, (uint)source.Length);
        source.CopyTo(payload[MigrationHead..]);
        return Call(MigrationDataWrite, out _);
    }

    /// <summary>Stops the device and reads its state, as the source of a migration does. The device stays stopped.</summary>
    /// <param name="pieceSize">Bytes in one message; at most 1 MiB.</param>
    /// <returns>The state, for <see cref="LoadState"/> of a client of another server.</returns>
    /// <exception cref="VfioException">The server refuses.</exception>
    public byte[] SaveState(int pieceSize = LargestPiece)
    {
        SetMigrationState(VfioMigrationState.StopCopy);
        var state = new ArrayBufferWriter<byte>();
        while (true)
        {
            Span<byte> piece = state.GetSpan(pieceSize)[..pieceSize];
            Check(TryReadMigrationData(piece, out int count), "MIG_DATA_READ");
            state.Advance(count);
            if (count < pieceSize)
                break;
        }
        SetMigrationState(VfioMigrationState.Stop);
        return state.WrittenSpan.ToArray();
    }

    /// <summary>Gives the device a state, as the destination of a migration does, and lets it run.</summary>
    /// <param name="state">What <see cref="SaveState"/> has returned.</param>
    /// <param name="pieceSize">Bytes in one message; at most 1 MiB.</param>
    /// <exception cref="VfioException">The server refuses: of a state that is none, at its end.</exception>
    public void LoadState(ReadOnlySpan<byte> state, int pieceSize = LargestPiece)
    {
        SetMigrationState(VfioMigrationState.Resuming);
        while (!state.IsEmpty)
        {
            ReadOnlySpan<byte> piece = state[..Math.Min(pieceSize, state.Length)];
            Check(TryWriteMigrationData(piece), "MIG_DATA_WRITE");
            state = state[piece.Length..];
        }
        SetMigrationState(VfioMigrationState.Stop);
        SetMigrationState(VfioMigrationState.Running);
    }
}
