/** One thing that went over the wire. */
export type Frame = SentFrame | ReceivedFrame;

interface SentFrame {
    direction: 'sent';
    time: Date;
    method: 'GET' | 'POST';
    path: string;
    data: string;
    /** The answer's status as text, or why there was none; never rejects. */
    status: Promise<string>;
}

interface ReceivedFrame {
    direction: 'received';
    time: Date;
    event: string;
    /** Empty if the server gave none. */
    id: string;
    data: string;
}
