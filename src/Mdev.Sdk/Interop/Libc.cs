using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Mdev.Sdk.Interop;

/// <summary>
/// The system calls the SDK makes that .NET has no API for, under libc's names. Tmds.LibC would stand here; moving to it
/// is a change of this folder.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    public const int O_RDWR = 0x2;
    public const int O_NOCTTY = 0x100;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int TCSANOW = 0;
    public const int EFD_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800;
    public const int RWF_NOWAIT = 0x8;
    public const int F_DUPFD = 0;
    public const int F_GETFL = 3;
    public const int F_SETFL = 4;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const int F_ADD_SEALS = 1033;
    public const int F_GET_SEALS = 1034;
    public const int F_SEAL_SEAL = 0x1;
    public const int F_SEAL_SHRINK = 0x2;
    public const int F_SEAL_GROW = 0x4;
    public const int F_SEAL_FUTURE_WRITE = 0x10;

    public const ulong MS_NOSUID = 0x2;
    public const ulong MS_NODEV = 0x4;
    public const int MNT_DETACH = 0x2;
    public const int UMOUNT_NOFOLLOW = 0x8;
    public const long FUSE_SUPER_MAGIC = 0x65735546;

    public const uint MFD_CLOEXEC = 0x1;
    public const uint MFD_ALLOW_SEALING = 0x2;
    public const int PROT_NONE = 0x0;
    public const int PROT_READ = 0x1;
    public const int PROT_WRITE = 0x2;
    public const int PROT_EXEC = 0x4;
    public const int MAP_SHARED = 0x1;
    public const int MAP_PRIVATE = 0x2;
    public const int MAP_FIXED = 0x10;
    public const int MAP_ANONYMOUS = 0x20;
    public const int MAP_NORESERVE = 0x4000;
    public const int MADV_DONTNEED = 4;
    public const int MADV_REMOVE = 9;
    public const int MADV_DONTDUMP = 16;
    public const int SEEK_DATA = 3;
    public const int RLIMIT_NOFILE = 7;
    public const int ENXIO = 6;

    public const int SIGBUS = 7;
    public const int SA_SIGINFO = 0x4;
    public const int SA_ONSTACK = 0x08000000;
    public const int SA_RESTART = 0x10000000;
    public const nint SIG_DFL = 0;
    public const nint SIG_IGN = 1;
    public const long HUGETLBFS_MAGIC = 0x958458f6;
    public const long TMPFS_MAGIC = 0x01021994;
    public const long EXT4_SUPER_MAGIC = 0xef53;
    public const long XFS_SUPER_MAGIC = 0x58465342;
    public const long BTRFS_SUPER_MAGIC = 0x9123683e;

    public const int SOL_SOCKET = 1;
    public const int SO_TYPE = 3;
    public const int SO_PEERCRED = 17;
    public const int SO_ACCEPTCONN = 30;
    public const int SO_DOMAIN = 39;
    public const int AF_UNIX = 1;
    public const int SOCK_STREAM = 1;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int SCM_RIGHTS = 1;
    public const int SHUT_RDWR = 2;
    public const int MSG_CTRUNC = 0x8;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_NOSIGNAL = 0x4000;
    public const int MSG_CMSG_CLOEXEC = 0x40000000;

    public const short POLLIN = 0x1;

    // sys/epoll.h
    public const int EPOLL_CLOEXEC = 0x80000;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const uint EPOLLIN = 0x1;
    public const uint EPOLLET = 0x80000000;
    public const short POLLOUT = 0x4;
    public const short POLLHUP = 0x10;

    public struct iovec
    {
        public void* iov_base;
        public nuint iov_len;
    }

    public struct msghdr
    {
        public void* msg_name;
        public uint msg_namelen;
        public iovec* msg_iov;
        public nuint msg_iovlen;
        public void* msg_control;
        public nuint msg_controllen;
        public int msg_flags;
    }

    /// <summary>The header of one control message; its data follow at once, aligned to 8 bytes.</summary>
    public struct cmsghdr
    {
        public nuint cmsg_len;
        public int cmsg_level;
        public int cmsg_type;
    }

    /// <summary>Whoever has connected a socket.</summary>
    public struct ucred
    {
        public int pid;
        public uint uid;
        public uint gid;
    }

    public struct pollfd
    {
        public int fd;
        public short events;
        public short revents;
    }

    /// <summary>struct sigaction as glibc and musl have it on x86-64 and arm64; the kernel's own is another one.</summary>
    public struct sigaction_t
    {
        public nint sa_handler;
        public fixed ulong sa_mask[16];
        public int sa_flags;
        public nint sa_restorer;
    }

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint preadv2(int fd, iovec* iov, int iovcnt, nint offset, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint writev(int fd, iovec* pieces, int count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint write(int fd, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int eventfd(uint value, int flags);

    // For calls that a C library need not have; the numbers are every architecture's.
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint syscall(nint number, nint first, nint second, nint third);

    public const nint SYS_pidfd_open = 434;
    public const nint SYS_pidfd_getfd = 438;

    // Variadic in C; a pointer goes where the third argument does.
    [LibraryImport(Library, SetLastError = true)]
    public static partial int ioctl(int fd, nuint command, void* argument);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_ctl(int epoll, int operation, int fd, void* wanted);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int epoll_wait(int epoll, void* events, int most, int timeout);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport(Library, EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint recvmsg(int socket, msghdr* message, int flags);

    [LibraryImport(Library, EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint sendmsg(int socket, msghdr* message, int flags);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint send(int socket, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "socketpair", SetLastError = true)]
    public static partial int socketpair(int domain, int type, int protocol, int* sockets);

    [LibraryImport(Library, EntryPoint = "shutdown", SetLastError = true)]
    public static partial int shutdown(int socket, int how);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int getsockopt(int socket, int level, int option, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int poll(pollfd* descriptors, nuint count, int timeout);

    [LibraryImport(Library, EntryPoint = "readlink", SetLastError = true)]
    public static partial nint readlink(byte* path, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int posix_openpt(int flags);

    [LibraryImport(Library, EntryPoint = "grantpt", SetLastError = true)]
    public static partial int grantpt(int fd);

    [LibraryImport(Library, EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int unlockpt(int fd);

    [LibraryImport(Library, EntryPoint = "ptsname_r", SetLastError = true)]
    public static partial int ptsname_r(int fd, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int tcgetattr(int fd, void* mode);

    [LibraryImport(Library, EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int tcsetattr(int fd, int actions, void* mode);

    [LibraryImport(Library, EntryPoint = "cfmakeraw")]
    public static partial void cfmakeraw(void* mode);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int bind(int socket, void* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen", SetLastError = true)]
    public static partial int listen(int socket, int backlog);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    public static partial int open(byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "access", SetLastError = true)]
    public static partial int access(byte* path, int mode);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int flock(int fd, int operation);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    public static partial int statx(int directory, byte* path, int flags, uint mask, void* result);

    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int getrlimit(int resource, ulong* currentAndMost);

    [LibraryImport(Library, EntryPoint = "memfd_create", SetLastError = true)]
    public static partial int memfd_create(byte* name, uint flags);

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    public static partial nint mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    public static partial int munmap(void* address, nuint length);

    [LibraryImport(Library, EntryPoint = "madvise", SetLastError = true)]
    public static partial int madvise(void* address, nuint length, int advice);

    [LibraryImport(Library, EntryPoint = "mprotect", SetLastError = true)]
    public static partial int mprotect(void* address, nuint length, int protection);

    [LibraryImport(Library, EntryPoint = "sigaction", SetLastError = true)]
    public static partial int sigaction(int signal, sigaction_t* action, sigaction_t* previous);

    [LibraryImport(Library, EntryPoint = "fstatfs", SetLastError = true)]
    public static partial int fstatfs(int fd, void* result);

    [LibraryImport(Library, EntryPoint = "statfs", SetLastError = true)]
    public static partial int statfs(byte* path, void* result);

    [LibraryImport(Library, EntryPoint = "mount", SetLastError = true)]
    public static partial int mount(byte* source, byte* target, byte* type, ulong flags, byte* data);

    [LibraryImport(Library, EntryPoint = "umount2", SetLastError = true)]
    public static partial int umount2(byte* target, int flags);

    [LibraryImport(Library, EntryPoint = "opendir", SetLastError = true)]
    public static partial nint opendir(byte* path);

    [LibraryImport(Library, EntryPoint = "readdir", SetLastError = true)]
    public static partial byte* readdir(nint folder);

    [LibraryImport(Library, EntryPoint = "closedir", SetLastError = true)]
    public static partial int closedir(nint folder);

    [LibraryImport(Library, EntryPoint = "symlink", SetLastError = true)]
    public static partial int symlink(byte* target, byte* path);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint geteuid();

    [LibraryImport(Library, EntryPoint = "getegid")]
    public static partial uint getegid();

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    public static partial nint lseek(int descriptor, nint offset, int whence);

    [LibraryImport(Library, EntryPoint = "sched_yield")]
    public static partial int sched_yield();

    [LibraryImport(Library, EntryPoint = "getrusage")]
    public static partial int getrusage(int who, nint* usage);

    /// <summary>errno of the last call on this thread.</summary>
    public static Errno LastError => (Errno)Marshal.GetLastPInvokeError();
}
