using System.Runtime.InteropServices;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>The device's state, piece by piece.</summary>
internal sealed partial class Session
{
    private Errno MigrationDataRead(in Message message, out int length)
    {
        length = 0;
        if (!TryParse(message, MigrationDataRequest.Length, out MigrationDataRequest request)
            || message.Payload.Length != MigrationDataRequest.Length || !request.Fits((uint)_client.Transfer))
            return Errno.EINVAL;

        Span<byte> reply = _stream.ReplyPayload(MigrationDataRequest.Length + (int)request.Size);
        Errno error = _device.ReadMigrationData(reply[MigrationDataRequest.Length..], out int count);

        // Fewer bytes than asked for say that these were the last.
        length = MigrationDataRequest.Length + count;
        MemoryMarshal.Write(reply, new MigrationDataRequest((uint)length, (uint)count));
        return error;
    }

    private Errno MigrationDataWrite(in Message message) =>
        TryParse(message, MigrationDataRequest.Length, out MigrationDataRequest request)
        && request.Fits(Limits.MaxTransfer)
        && request.Size == (uint)(message.Payload.Length - MigrationDataRequest.Length)
            ? _device.WriteMigrationData(message.Payload[MigrationDataRequest.Length..])
            : Errno.EINVAL;
}
